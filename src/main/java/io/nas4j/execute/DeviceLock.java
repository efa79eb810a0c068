package io.nas4j.execute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The right to a GPU on this machine: of two searches, the second is refused. A lock of the system,
 * which is given up when the process ends, however it ends. Processors are shared.
 */
final class DeviceLock implements AutoCloseable {

    private final List<FileChannel> held = new ArrayList<>();

    private DeviceLock() {}

    /**
     * Takes all or none.
     *
     * @param devices names; those of GPUs are locked
     * @param folder the same for all searches of a machine
     * @throws IllegalArgumentException when another search holds one
     */
    static DeviceLock take(List<String> devices, Path folder) {
        DeviceLock lock = new DeviceLock();
        try {
            for (String device : devices) {
                if (device.toLowerCase(Locale.ROOT).startsWith("gpu")) {
                    lock.take(device.toLowerCase(Locale.ROOT), folder);
                }
            }
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void take(String device, Path folder) {
        String name = device.equals("gpu") ? "gpu:0" : device;
        Path file = folder.resolve("nas4j-" + name.replace(':', '-') + ".lock");
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held.add(channel);
            if (!isLocked(channel)) {
                throw new IllegalArgumentException(
                        "device \""
                                + name
                                + "\" is held by the worker of another search ("
                                + file
                                + "). Try another device, or wait until that search has ended.");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("device lock " + file + " cannot be taken: " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another search of this process
        }
    }

    @Override
    public void close() {
        for (FileChannel channel : held) {
            try {
                channel.close();
            } catch (IOException e) {
                // the system gives it up with the process
            }
        }
    }
}
