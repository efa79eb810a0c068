package io.nas4j.gradient;

/**
 * A temperature that falls linearly over the epochs.
 *
 * @param hot in the first epoch
 * @param cold in the last
 */
record Cooling(double hot, double cold) {

    double at(int epoch, int epochs) {
        return epochs == 1 ? hot : hot + (cold - hot) * epoch / (epochs - 1);
    }
}
