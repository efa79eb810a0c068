package io.nas4j.sharing;

import static io.nas4j.space.Require.require;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import io.nas4j.sharing.BilevelProblem.Along;
import io.nas4j.sharing.BilevelProblem.Loss;
import io.nas4j.sharing.BilevelProblem.Slope;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.DeviceData.Batch;
import io.nas4j.train.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One supernet on several devices that share each batch, in parts whose sizes differ by one image
 * at most: data parallelism.
 *
 * <p>For every gradient the point that it is wanted at, weights and alpha, is copied to each
 * device; each runs its part there, forward and backward, in a thread of its own; the gradients
 * come back to the first device and are added in the order of the devices, each by its part's share
 * of the batch. The sum is the gradient of the mean loss over the whole batch, the optimizer makes
 * its one step on the first device, and replicas cannot drift apart: they keep nothing from one
 * gradient to the next. What is drawn for a pass is drawn once for all.
 *
 * <p>Candidates normalise by the statistics of the images that they see, so a device normalises by
 * its part alone, as PyTorch's {@code DataParallel} does (its {@code SyncBatchNorm} would take the
 * whole batch). Beyond rounding, that alone makes a step on several devices differ from one of the
 * same batch on one. A supernet keeps no running statistics, so there are none to choose between;
 * those that a path's score gathers are gathered on the first device.
 *
 * <p>DJL's {@code LocalParameterServer} does not do: it lets an optimizer step every replica once a
 * parameter, with moments that it keeps by device. Here the norm of the whole gradient is clipped
 * between the sum and the step, DARTS' second order asks for gradients at points that no step goes
 * to, and the moments are saved with the search, whose state does not know how many devices there
 * were.
 */
public final class Replicas implements AutoCloseable {

    /** Of a single image there is nothing to normalise by where a map has one pixel. */
    private static final int SMALLEST_PART = 2;

    /** The network on one device. */
    private record Replica(Supernet net, NDManager manager) {}

    private final List<Replica> all = new ArrayList<>();
    private final DeviceThreads threads;

    private Replicas(String device, Supernet net, NDManager manager) {
        threads = new DeviceThreads(device);
        all.add(new Replica(net, manager));
    }

    /**
     * The network where it is, and nowhere else.
     *
     * @param net stays the caller's to close
     * @param manager of the network's device
     * @return to be closed
     */
    public static Replicas alone(Supernet net, NDManager manager) {
        return new Replicas("", net, manager);
    }

    /**
     * The network on several devices.
     *
     * @param devices names, as of {@link Devices#of(String)}, the first of which is the network's;
     *     one that is named twice holds two replicas
     * @param net stays the caller's to close
     * @param manager of the network's device
     * @return to be closed
     * @throws IllegalArgumentException when this machine has no such device
     */
    public static Replicas on(List<String> devices, Supernet net, NDManager manager) {
        Replicas replicas = new Replicas(devices.get(0), net, manager);
        try {
            devices.stream().skip(1).forEach(replicas::add);
            return replicas;
        } catch (RuntimeException | Error e) {
            replicas.close();
            throw e;
        }
    }

    private void add(String device) {
        NDManager own = NDManager.newBaseManager(Devices.of(device));
        threads.add(device);
        all.add(new Replica(all.get(0).net().on(own), own));
    }

    /**
     * How many devices there are.
     *
     * @return at least 1
     */
    public int count() {
        return all.size();
    }

    /** The fewest images that so many devices can share. */
    static int smallestBatch(int devices) {
        return SMALLEST_PART * devices;
    }

    /**
     * Refuses a batch that is too small to be shared.
     *
     * @param batch images of a step
     * @param devices that are to share it
     * @throws IllegalArgumentException when a device would get fewer than two images
     */
    static void requireShares(int batch, List<String> devices) {
        int fewest = smallestBatch(devices.size());
        require(
                batch >= fewest,
                "the devices share a batch, and each needs at least %d images of it to normalise"
                        + " by, but %d images are to be shared by %d (%s). Try batch(%d), or fewer"
                        + " devices.",
                SMALLEST_PART,
                batch,
                devices.size(),
                String.join(", ", devices),
                fewest);
    }

    /**
     * How a batch is shared.
     *
     * @return where each part begins, and where the last one ends; the first ones are the larger
     */
    static int[] bounds(int images, int devices) {
        int[] bounds = new int[devices + 1];
        for (int i = 0; i < devices; i++) {
            bounds[i + 1] = bounds[i] + images / devices + (i < images % devices ? 1 : 0);
        }
        return bounds;
    }

    /**
     * Where, and along what, a loss is differentiated.
     *
     * @param pass with nothing left to chance
     */
    private record Order(
            SupernetProblem problem,
            ForwardPass pass,
            boolean penalised,
            Along along,
            NDArray weights,
            NDArray alpha) {
        Slope on(Supernet net, Batch batch, GradientCollector collector) {
            return problem.slope(net, pass, batch, penalised, along, weights, alpha, collector);
        }

        Order copied(NDManager manager) {
            return new Order(
                    problem,
                    pass,
                    penalised,
                    along,
                    Devices.copy(weights, manager),
                    Devices.copy(alpha, manager));
        }
    }

    /** Differentiates a problem's loss, as {@link BilevelProblem#slope} says. */
    Slope slope(SupernetProblem problem, Loss which, Along along, NDArray weights, NDArray alpha) {
        // a training loss that alpha does not step along is one end of a finite difference
        boolean penalised = which == Loss.VALIDATION || along == Along.BOTH;
        ForwardPass pass = problem.pass().settled(alpha);
        Order order = new Order(problem, pass, penalised, along, weights, alpha);
        Batch batch = which == Loss.TRAIN ? problem.train() : problem.validation();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            return count() == 1
                    ? order.on(all.get(0).net(), batch, collector)
                    : shared(order, batch, collector);
        }
    }

    private Slope shared(Order order, Batch batch, GradientCollector collector) {
        int images = (int) batch.inputs().getShape().get(0);
        int[] bounds = bounds(images, count());
        List<Slope> parts =
                threads.run(
                        count(),
                        true,
                        i -> {
                            NDIndex range = new NDIndex(bounds[i] + ":" + bounds[i + 1]);
                            float share = (float) (bounds[i + 1] - bounds[i]) / images;
                            return part(all.get(i), order, batch, range, share, collector);
                        },
                        part -> each(part, NDArray::close));
        return sum(parts);
    }

    /**
     * What the network answers to some batches, one a device.
     *
     * @param batches at most as many as devices
     */
    List<Answers> answers(ForwardPass pass, List<Batch> batches, NDArray weights, NDArray alpha) {
        ForwardPass now = pass.settled(alpha);
        return threads.run(
                batches.size(),
                false,
                i -> {
                    try (NDScope scope = new NDScope()) {
                        scope.suppressNotUsedWarning();
                        Replica replica = all.get(i);
                        Batch batch = batches.get(i);
                        if (i == 0) {
                            return Answers.of(
                                    now.output(replica.net(), batch.inputs(), weights, alpha),
                                    batch.labels());
                        }
                        NDManager own = replica.manager();
                        return Answers.of(
                                now.output(
                                        replica.net(),
                                        Devices.copy(batch.inputs(), own),
                                        Devices.copy(weights, own),
                                        Devices.copy(alpha, own)),
                                Devices.copy(batch.labels(), own));
                    }
                },
                answers -> {});
    }

    /** What a part contributes, on the first device. */
    private Slope part(
            Replica replica,
            Order order,
            Batch batch,
            NDIndex range,
            float share,
            GradientCollector collector) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDManager first = all.get(0).manager();
            NDManager own = replica.manager();
            Batch part =
                    new Batch(
                            Devices.copy(batch.inputs().get(range), own),
                            Devices.copy(batch.labels().get(range), own));
            Slope slope = order.copied(own).on(replica.net(), part, collector);
            Slope back = mapped(slope, array -> Devices.copy(array, first).muli(share));
            // they are the caller's, which is another thread with other scopes
            each(back, NDScope::unregister);
            return back;
        }
    }

    private static Slope mapped(Slope slope, UnaryOperator<NDArray> to) {
        return new Slope(to.apply(slope.loss()), slope.weights().map(to), slope.alpha().map(to));
    }

    private static void each(Slope slope, Consumer<NDArray> action) {
        action.accept(slope.loss());
        slope.weights().ifPresent(action);
        slope.alpha().ifPresent(action);
    }

    private static Slope sum(List<Slope> parts) {
        parts.forEach(part -> each(part, NDScope::register));
        Slope sum = parts.get(0);
        for (Slope part : parts.subList(1, parts.size())) {
            sum.loss().addi(part.loss());
            sum.weights().ifPresent(gradient -> gradient.addi(part.weights().orElseThrow()));
            sum.alpha().ifPresent(gradient -> gradient.addi(part.alpha().orElseThrow()));
        }
        return sum;
    }

    @Override
    public void close() {
        threads.close();
        for (Replica replica : all.subList(1, count())) {
            replica.net().close();
            replica.manager().close();
        }
    }
}
