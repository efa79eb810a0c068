package io.nas4j.trial;

/**
 * Where a trial runs.
 *
 * @param worker its name, for example {@code worker 2}
 * @param device that it trains on; empty where nothing is known of it
 */
public record Place(String worker, String device) {

    /** For example {@code worker 2 on gpu:1}. */
    @Override
    public String toString() {
        return device.isEmpty() ? worker : worker + " on " + device;
    }
}
