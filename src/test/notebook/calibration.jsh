// Forward and backward passes through separable convolutions, by DJL alone: how fast is this machine, now?
// Its value says the median of the rounds, in seconds: of a hundred, or of what ten seconds allow.
import ai.djl.engine.Engine;
import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;

double round(NDManager manager) {
    var images = manager.ones(new Shape(64, 16, 14, 14));
    var depthwise = manager.full(new Shape(16, 1, 3, 3), 0.1f);
    var pointwise = manager.full(new Shape(16, 16, 1, 1), 0.05f);
    pointwise.setRequiresGradient(true);
    var one = new Shape(1, 1);
    long start = System.nanoTime();
    for (int step = 0; step < 2; step++) {
        try (var scope = new NDScope(); var collector = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            var x = images;
            for (int layer = 0; layer < 6; layer++) {
                var each = Conv2d.conv2d(Activation.relu(x), depthwise, null, one, one, one, 16).singletonOrThrow();
                x = Conv2d.conv2d(each, pointwise, null, one, new Shape(0, 0), one, 1).singletonOrThrow();
            }
            collector.backward(x.sum());
        }
    }
    return (System.nanoTime() - start) / 1e9;
}

double calibration() {
    try (var manager = NDManager.newBaseManager()) {
        long end = System.nanoTime() + 10_000_000_000L;
        var rounds = new java.util.ArrayList<Double>();
        round(manager);
        do {
            rounds.add(round(manager));
        } while (rounds.size() < 100 && System.nanoTime() < end);
        java.util.Collections.sort(rounds);
        return rounds.get(rounds.size() / 2);
    }
}
"median " + calibration()
