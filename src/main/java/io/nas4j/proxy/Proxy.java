package io.nas4j.proxy;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Program;
import io.nas4j.trial.Metrics;

/**
 * What is computed of a network that has not learned anything. Sums run over the weights of
 * convolutions and dense layers; batches are normalised by their own statistics, as in training.
 *
 * <p>The words of the formulas: L is the cross entropy of the minibatch, w a layer's weights.
 *
 * @see <a href="https://arxiv.org/abs/2101.08134">Abdelfattah et al., 2021: snip, grad_norm, fisher
 *     and synflow for whole networks</a>
 */
public enum Proxy {
    /**
     * ln Σ |w·∂R/∂w|, where R sums the outputs of a network of absolute weights, without
     * normalisations, on an image of ones: no data. In double precision, since R itself may be
     * 1e60.
     *
     * @see <a href="https://arxiv.org/abs/2006.05467">Tanaka et al., 2020</a>
     */
    SYNFLOW(Metrics.SYNFLOW, Need.WEIGHTS, false) {
        @Override
        double of(InitialNetwork network) {
            return Synflow.of(network);
        }
    },

    /**
     * ln |K|, where K counts for each two images the ReLUs on whose side of zero they agree.
     *
     * @see <a href="https://arxiv.org/abs/2006.04647">Mellor et al., 2021</a>
     */
    NASWOT(Metrics.NASWOT, Need.RELUS, true) {
        @Override
        double of(InitialNetwork network) {
            return ActivationCodes.of(network);
        }
    },

    /**
     * −Σ (ln(λ + k) + 1/(λ + k)) over the eigenvalues λ of the correlations between the images'
     * input gradients, k = 1e-5.
     *
     * @see <a href="https://arxiv.org/abs/2006.04647v1">Mellor et al., 2020, first version</a>
     */
    JACOB_COV(Metrics.JACOB_COV, Need.NOTHING, true) {
        @Override
        double of(InitialNetwork network) {
            return JacobianCovariance.of(network);
        }
    },

    /**
     * Σ |w·∂L/∂w|.
     *
     * @see <a href="https://arxiv.org/abs/1810.02340">Lee et al., 2019</a>
     */
    SNIP(Metrics.SNIP, Need.WEIGHTS, true) {
        @Override
        double of(InitialNetwork network) {
            return LossGradient.of(network).sum(Leaves::saliency);
        }
    },

    /** Σ ‖∂L/∂w‖₂, one norm a layer. */
    GRAD_NORM(Metrics.GRAD_NORM, Need.WEIGHTS, true) {
        @Override
        double of(InitialNetwork network) {
            return LossGradient.of(network)
                    .sum(
                            (weights, gradient) -> {
                                double squares = 0;
                                for (double value : gradient) {
                                    squares += value * value;
                                }
                                return Math.sqrt(squares);
                            });
        }
    },

    /**
     * Σ ½·mean(Σ a·∂L/∂a)² over the output channels a of convolutions and dense layers, the inner
     * sum over a channel's pixels, the mean over images.
     *
     * @see <a href="https://arxiv.org/abs/1801.05787">Theis et al., 2018</a>
     */
    FISHER(Metrics.FISHER, Need.WEIGHTS, true) {
        @Override
        double of(InitialNetwork network) {
            return Fisher.of(network);
        }
    },

    /**
     * ln E‖f(x) − f(x + 0.01·ε)‖₁ + Σ ln √(mean variance) over the batch normalisations, where f is
     * what flows into the last pooling, of normal weights, on normal noise: no data.
     *
     * @see <a href="https://arxiv.org/abs/2102.01063">Lin et al., 2021</a>
     */
    ZEN(Metrics.ZEN, Need.NORMALISED_CONVOLUTIONS, false) {
        @Override
        double of(InitialNetwork network) {
            return Zen.of(network);
        }
    },

    /** How many numbers are trained: what every other proxy must beat. */
    PARAMETERS(Metrics.PARAMETERS, Need.NOTHING, false) {
        @Override
        double of(InitialNetwork network) {
            return network.counts().parameters();
        }
    },

    /** Multiplications of one image's forward pass. */
    MULTIPLY_ADDS(Metrics.MULTIPLY_ADDS, Need.NOTHING, false) {
        @Override
        double of(InitialNetwork network) {
            return network.counts().multiplyAdds();
        }
    };

    private enum Need {
        NOTHING(""),
        WEIGHTS("convolutions or dense layers"),
        RELUS("ReLUs"),
        NORMALISED_CONVOLUTIONS("convolutions and batch normalisations");

        private final String words;

        Need(String words) {
            this.words = words;
        }
    }

    private final String metric;
    private final Need need;
    private final boolean readsData;

    Proxy(String metric, Need need, boolean readsData) {
        this.metric = metric;
        this.need = need;
        this.readsData = readsData;
    }

    /** The score, higher is better; finite, very low where no signal passes the network. */
    abstract double of(InitialNetwork network);

    /**
     * What it is called among the metrics.
     *
     * @return for example {@code jacob_cov}
     */
    public String metric() {
        return metric;
    }

    /**
     * Whether it depends on the minibatch.
     *
     * @return false for what needs no data
     */
    public boolean readsData() {
        return readsData;
    }

    /** Whether it is read off the network without running it. */
    boolean isCount() {
        return this == PARAMETERS || this == MULTIPLY_ADDS;
    }

    boolean suits(Program program) {
        return switch (need) {
            case NOTHING -> true;
            case WEIGHTS ->
                    has(program, Kernel.Convolution.class) || has(program, Kernel.Dense.class);
            case RELUS -> program.instructions().stream().anyMatch(ActivationCodes::isRelu);
            case NORMALISED_CONVOLUTIONS ->
                    has(program, Kernel.Convolution.class) && has(program, Kernel.Normalise.class);
        };
    }

    private static boolean has(Program program, Class<? extends Kernel> kind) {
        return program.instructions().stream().map(Instruction::kernel).anyMatch(kind::isInstance);
    }

    void requireSuits(Program program, String what) {
        require(
                suits(program),
                "%s needs %s, but %s has none. Try %s.",
                metric,
                need.words,
                what,
                this == SYNFLOW ? PARAMETERS.metric : SYNFLOW.metric);
    }

    /** The logarithm of what is not negative; that of the smallest normal number where it is 0. */
    static double ln(double value) {
        return Math.log(Math.max(value, Double.MIN_NORMAL));
    }
}
