package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Where networks train: the names that a user writes, and the devices that this machine has. */
public final class Devices {

    /** The name of the default: the first GPU when DJL sees one, else the CPU. */
    public static final String AUTO = "auto";

    private Devices() {}

    /**
     * The device of a name; loads DJL's native library.
     *
     * @param name {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return a device that exists
     * @throws IllegalArgumentException when this machine has no such device
     */
    public static Device of(String name) {
        return of(name, Engine.getInstance().getGpuCount());
    }

    /**
     * The device that one of several processes takes; loads DJL's native library.
     *
     * @param name as of {@link #of(String)}; {@code auto} deals the GPUs out in turn
     * @param index of the process, from 0
     * @return {@code cpu} or {@code gpu:1}
     * @throws IllegalArgumentException when this machine has no such device
     */
    public static String share(String name, int index) {
        int gpus = Engine.getInstance().getGpuCount();
        Device device = of(name, gpus);
        if (!device.isGpu()) {
            return "cpu";
        }
        boolean auto = name.strip().equalsIgnoreCase(AUTO);
        return "gpu:" + (auto ? index % gpus : device.getDeviceId());
    }

    /**
     * What this machine has to train on; loads DJL's native library.
     *
     * @return {@code cpu}, then {@code gpu:0} and the others where DJL sees some
     */
    public static List<String> names() {
        return names(Engine.getInstance().getGpuCount());
    }

    /**
     * A copy of an array that belongs to a manager, on its device.
     *
     * @param array on any device
     * @param manager what is computed from the copy is made on its device too
     * @return lives as long as the current {@code NDScope}
     */
    public static NDArray copy(NDArray array, NDManager manager) {
        Device device = manager.getDevice();
        // DJL makes a manager for every copy whose original has one elsewhere, and closes none
        try (NDArray held = array.stopGradient()) {
            held.attach(manager);
            return held.getDevice().equals(device) ? held.duplicate() : held.toDevice(device, true);
        }
    }

    static Device of(String name, int gpus) {
        String text = name.strip().toLowerCase(java.util.Locale.ROOT);
        if (text.equals(AUTO)) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        if (text.equals("cpu")) {
            return Device.cpu();
        }
        require(
                text.matches("gpu(:\\d{1,4})?"),
                "a device must be \"auto\", \"cpu\", \"gpu\" or \"gpu:<number>\", but was \"%s\"."
                        + " Try one of %s.",
                name,
                existing(gpus));
        int index = text.equals("gpu") ? 0 : Integer.parseInt(text.substring(4));
        require(
                index < gpus,
                "device \"%s\" does not exist: DJL sees %d GPUs here. Try one of %s.",
                name,
                gpus,
                existing(gpus));
        return Device.gpu(index);
    }

    static List<String> names(int gpus) {
        List<String> names = new ArrayList<>(List.of("cpu"));
        for (int i = 0; i < gpus; i++) {
            names.add("gpu:" + i);
        }
        return List.copyOf(names);
    }

    private static List<String> existing(int gpus) {
        return names(gpus).stream().map(name -> "\"" + name + "\"").toList();
    }
}
