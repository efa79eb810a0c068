package io.nas4j.trial;

import java.util.Locale;
import java.util.Optional;

/**
 * The names of the metrics that nas4j itself reports, and of what an {@link Objective} can ask of
 * any estimate. Lower case, words joined by {@code _}; an estimator of your own may report others.
 */
public final class Metrics {

    /** {@link Estimate#score()}; higher is better. */
    public static final String SCORE = "score";

    /** {@link Cost#parameters()}. */
    public static final String PARAMETERS = "parameters";

    /** {@link Cost#multiplyAdds()} of one image. */
    public static final String MULTIPLY_ADDS = "multiply_adds";

    /** {@link Cost#compute()} in seconds. */
    public static final String COMPUTE = "compute";

    /** Milliseconds of one forward pass, as a benchmark's table has them or as measured. */
    public static final String LATENCY = "latency";

    /** The interquartile range of a measured latency, in milliseconds. */
    public static final String LATENCY_RANGE = "latency_range";

    /** Bytes of weights and live activations that a prediction holds at once, as counted. */
    public static final String PEAK_MEMORY = "peak_memory";

    /** Epochs that a training has done. */
    public static final String EPOCHS = "epochs";

    /**
     * 1 where a trial that continues another one had to train all its epochs from the start, since
     * what the other had trained was gone; absent in others. The score is the same.
     */
    public static final String RESTARTED = "restarted";

    /** Accuracy after the last epoch that was trained, where the score is a prediction. */
    public static final String LAST_SCORE = "last_score";

    /** The lower end of a 90 % interval of a predicted score. */
    public static final String SCORE_LOW = "score_low";

    /** The upper end of a 90 % interval of a predicted score. */
    public static final String SCORE_HIGH = "score_high";

    /** Share of a network's numbers that began as those of an earlier trial's, in [0, 1]. */
    public static final String INHERITED = "inherited";

    /** The number of the trial whose weights a network began with; absent where there was none. */
    public static final String PARENT = "parent";

    /** Mean cross-entropy on the training examples in the last epoch. */
    public static final String TRAIN_LOSS = "train_loss";

    /** Accuracy on the training examples in the last epoch, in [0, 1]. */
    public static final String TRAIN_ACCURACY = "train_accuracy";

    /** The score on the training examples in the last epoch, where it is not the accuracy. */
    public static final String TRAIN_SCORE = "train_score";

    /** Accuracy on the validation examples, in [0, 1], where the score is not it. */
    public static final String ACCURACY = "accuracy";

    /** Mean of the classes' recalls, in [0, 1]; absent where it must equal the accuracy. */
    public static final String BALANCED_ACCURACY = "balanced_accuracy";

    /** Of numbers: root of the mean squared error on the validation examples, in their unit. */
    public static final String RMSE = "rmse";

    /** Of numbers: mean absolute error on the validation examples, in their unit. */
    public static final String MAE = "mae";

    /** Of several labels: F1 of all their answers as one, in [0, 1]. */
    public static final String F1_MICRO = "f1_micro";

    /** Of several labels: mean of the labels' F1, in [0, 1]. */
    public static final String F1_MACRO = "f1_macro";

    /** 1 where what a relaxation likes best broke a constraint of the space; absent in others. */
    public static final String REPAIRED = "repaired";

    /** The score before it was weighed against another metric. */
    public static final String UNWEIGHTED_SCORE = "unweighted_score";

    /** Accuracy on the test examples after the last epoch, in [0, 1]; for judging, not choosing. */
    public static final String TEST_ACCURACY = "test_accuracy";

    /** Mean cross-entropy on the half of the examples that alpha learns from, in one epoch. */
    public static final String VALIDATION_LOSS = "validation_loss";

    /** 1 in an epoch in which alpha does not learn; absent in others. */
    public static final String ALPHA_RESTS = "alpha_rests";

    /** Skip connections of the derived cell. */
    public static final String SKIPS = "skips";

    /** The largest eigenvalue of alpha's Hessian. */
    public static final String EIGENVALUE = "eigenvalue";

    /** ENAS: mean accuracy of the architectures that the controller learned from in one epoch. */
    public static final String MEAN_REWARD = "mean_reward";

    /** One-shot search: the highest accuracy among the architectures that score an epoch. */
    public static final String BEST_PROBE = "best_probe";

    /** Standard deviation of a score that a model predicts; absent where the score is real. */
    public static final String UNCERTAINTY = "uncertainty";

    /** The zero-cost proxy of that name: the logarithm of how much flows through the network. */
    public static final String SYNFLOW = "synflow";

    /** The zero-cost proxy of that name: how different images' activation codes are. */
    public static final String NASWOT = "naswot";

    /** The zero-cost proxy of that name: how different images' input gradients are. */
    public static final String JACOB_COV = "jacob_cov";

    /** The zero-cost proxy of that name: weights times their gradient. */
    public static final String SNIP = "snip";

    /** The zero-cost proxy of that name: length of the gradient. */
    public static final String GRAD_NORM = "grad_norm";

    /** The zero-cost proxy of that name: activations times their gradient. */
    public static final String FISHER = "fisher";

    /** The zero-cost proxy of that name: how far a small step of the input moves the features. */
    public static final String ZEN = "zen";

    private static final String KEPT_EPOCH_BY = "kept_epoch_by_";

    private Metrics() {}

    /**
     * A metric of several samples that are predicted together.
     *
     * @param metric of one, for example {@link #LATENCY}
     * @param batch how many, at least 1
     * @return its name, for example {@code latency_batch_32}; of one the metric itself
     */
    public static String ofBatch(String metric, int batch) {
        return batch == 1 ? metric : metric + "_batch_" + batch;
    }

    /**
     * The metric of an epoch in which a rule stopped the search: the epoch that is kept, from 1.
     *
     * @param rule in words, for example {@code skip rule}
     * @return its name, for example {@code kept_epoch_by_skip_rule}
     */
    public static String keptEpochBy(String rule) {
        return KEPT_EPOCH_BY + rule.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /**
     * The reverse of {@link #keptEpochBy}.
     *
     * @param metric any metric's name
     * @return the rule in words; empty for every other metric
     */
    public static Optional<String> ruleOf(String metric) {
        return metric.startsWith(KEPT_EPOCH_BY)
                ? Optional.of(metric.substring(KEPT_EPOCH_BY.length()).replace('_', ' '))
                : Optional.empty();
    }
}
