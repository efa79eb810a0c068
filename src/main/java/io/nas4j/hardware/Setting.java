package io.nas4j.hardware;

import io.nas4j.nn.InputShape;
import io.nas4j.train.Devices;
import io.nas4j.trial.Task;

/**
 * What a network stands between, and where it runs.
 *
 * @param input the shape of a sample
 * @param classes how many outputs
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1}
 */
public record Setting(InputShape input, int classes, String device) {

    /** Of a space that belongs to no search yet: the embedded images. */
    static final Setting UNSAID = new Setting(new InputShape(1, 28, 28), 10, Devices.AUTO);

    /**
     * A search's.
     *
     * @param task its data, at their own resolution, and its device
     * @return the setting of its networks
     */
    public static Setting of(Task task) {
        var data = task.data();
        return new Setting(
                new InputShape(data.channels(), data.height(), data.width()),
                data.outputs(),
                task.device());
    }
}
