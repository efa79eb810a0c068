package io.nas4j.supernet;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.operation.Operation;
import io.nas4j.operation.Operations;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.supernet.Supernet.Form;
import io.nas4j.supernet.Supernet.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the catalogue holds, the network and the supernet make the same of it: as many weights
 * of the same shapes, and by the same weights the same numbers.
 */
class CompilersIT {

    private static final InputShape IMAGE = new InputShape(2, 7, 7);
    private static final Map<String, Integer> ARGUMENTS =
            Map.of("kernel", 3, "units", 5, "percent", 0);

    static Stream<Node.Op> operations() {
        List<Node.Op> all = new ArrayList<>();
        for (String name : Operations.names()) {
            Operation operation = Operations.of(name);
            if (operation.equals(Operations.WITH) || operation.equals(Operations.CLASSIFIER)) {
                continue;
            }
            Map<String, Integer> args = new TreeMap<>(ARGUMENTS);
            args.keySet().removeIf(argument -> !operation.takes(argument));
            for (int stride : operation.takes("stride") ? new int[] {1, 2} : new int[] {1}) {
                for (int channels :
                        operation.takes("channels") ? new int[] {4, 6} : new int[] {4}) {
                    Map<String, Integer> here = new TreeMap<>(args);
                    if (operation.takes("stride")) {
                        here.put("stride", stride);
                    }
                    if (operation.takes("channels")) {
                        here.put("channels", channels);
                    }
                    all.add(new Node.Op(operation, here));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void bothCompilersMakeTheSameOfAnOperation(Node.Op op) {
        SearchSpace space = SearchSpace.of("one", stem(4), choice("op", op, op), classifier());
        SearchSpace single = SearchSpace.of("one", stem(4), op, normed(op), classifier());
        try (NDManager manager = NDManager.newBaseManager();
                Supernet net = Supernet.of(space, 2, 7, 7, 3, Form.PLAIN, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Network network = Networks.compile(single, IMAGE, 3, 1);
            network.initialize(manager, new SplittableRandom(1));
            float[] flat = net.initialWeights(3);
            // of the second option nothing is on the path
            List<Place> places = new ArrayList<>();
            net.places()
                    .forEach(
                            (name, place) -> {
                                if (!name.startsWith("1/1/")) {
                                    places.add(place);
                                }
                            });
            Iterator<Place> next = places.iterator();
            for (Parameter parameter : network.getParameters().values()) {
                boolean candidate = isScale(parameter) && !parameter.getName().startsWith("0.");
                if (parameter.getType() == Parameter.Type.RUNNING_MEAN
                        || parameter.getType() == Parameter.Type.RUNNING_VAR
                        || (candidate && !isLearnt(op))) {
                    continue;
                }
                Place place = next.next();
                assertThat(parameter.getArray().getShape())
                        .as(parameter.getName())
                        .isEqualTo(place.shape());
                int to = place.offset() + (int) place.shape().size();
                manager.create(Arrays.copyOfRange(flat, place.offset(), to), place.shape())
                        .copyTo(parameter.getArray());
            }
            assertThat(next.hasNext()).isFalse();
            NDArray images = manager.create(pixels(), new Shape(5, 2, 7, 7));
            float[] path =
                    net.path(space.choose(decision -> 0))
                            .forward(images, manager.create(flat))
                            .toFloatArray();
            network.dropPath(0);
            float[] alone =
                    network.forward(new ParameterStore(manager, false), new NDList(images), true)
                            .singletonOrThrow()
                            .toFloatArray();
            // two programs: float sums in another order
            assertThat(path).containsExactly(alone, within(1e-4f));
        }
    }

    private static boolean isScale(Parameter parameter) {
        return parameter.getType() == Parameter.Type.GAMMA
                || parameter.getType() == Parameter.Type.BETA;
    }

    /** Whose normalisations learn a scale in a supernet too. */
    private static boolean isLearnt(Node.Op op) {
        return List.of("stem", "batch_norm", "layer_norm", "residual").contains(op.name());
    }

    /** A supernet normalises poolings: so does the network here, with a scale of one. */
    private static Node normed(Node.Op op) {
        return List.of("max_pool", "avg_pool").contains(op.name())
                ? op("batch_norm")
                : op("skip_connect");
    }

    private static float[] pixels() {
        SplittableRandom random = new SplittableRandom(3);
        float[] pixels = new float[5 * 2 * 7 * 7];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }
}
