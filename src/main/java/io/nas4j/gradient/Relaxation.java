package io.nas4j.gradient;

/**
 * What sets one member of the DARTS family apart from another.
 *
 * @param name as messages have it
 * @param part one of so many channels goes through the candidates (PC-DARTS' K); 1: all do
 * @param frozen share of the epochs in which alpha rests, in [0, 1)
 */
record Relaxation(String name, int part, double frozen) {

    static final Relaxation WHOLE = new Relaxation("DARTS", 1, 0);
}
