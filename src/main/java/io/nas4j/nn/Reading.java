package io.nas4j.nn;

import io.nas4j.operation.Primitive.BatchNorm;

/** How a compiler reads the primitives of an operation, wherever two compilers differ. */
enum Reading {
    /**
     * A network that is trained by itself: normalisations keep running statistics, candidates learn
     * a scale and an offset, poolings are not normalised; channels lie innermost on a CPU.
     */
    NETWORK,

    /**
     * A candidate of a supernet: statistics are always the batch's, candidates learn no scale and
     * no offset, poolings are normalised, dropout does nothing; whoever runs it lays out memory.
     */
    CANDIDATE;

    boolean keeps(BatchNorm norm) {
        return this == CANDIDATE || norm.kind() != BatchNorm.Kind.COMPETING;
    }

    boolean learns(BatchNorm norm) {
        return norm.kind() == BatchNorm.Kind.LEARNT
                || (this == NETWORK && norm.kind() == BatchNorm.Kind.CANDIDATE);
    }
}
