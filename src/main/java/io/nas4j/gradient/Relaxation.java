package io.nas4j.gradient;

import java.util.Optional;

/**
 * What sets one member of the DARTS family apart from another.
 *
 * @param name as messages have it
 * @param part one of so many channels goes through the candidates (PC-DARTS' K); 1: all do
 * @param frozen share of the epochs in which alpha rests, in [0, 1)
 * @param sampled GDAS: each pass runs one path, drawn at this temperature; empty: everything runs
 */
record Relaxation(String name, int part, double frozen, Optional<Cooling> sampled) {

    static final Relaxation WHOLE = new Relaxation("DARTS", 1, 0, Optional.empty());

    static Relaxation partial(int part, double frozen) {
        return new Relaxation("PC-DARTS", part, frozen, Optional.empty());
    }

    static Relaxation sampled(Cooling cooling) {
        return new Relaxation("GDAS", 1, 0, Optional.of(cooling));
    }
}
