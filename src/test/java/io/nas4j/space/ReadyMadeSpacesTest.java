package io.nas4j.space;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;

import org.junit.jupiter.api.Nested;

/** Every ready-made space, and one that a user writes in five lines, keeps the contract. */
class ReadyMadeSpacesTest {

    @Nested
    class Cells extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.cells();
        }
    }

    @Nested
    class Darts extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.darts();
        }
    }

    @Nested
    class Nasnet extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.nasnet();
        }
    }

    @Nested
    class NasBench201 extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.nasBench201(16, 1);
        }
    }

    @Nested
    class SmallBench extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.smallBench();
        }
    }

    @Nested
    class NasBenchGraph extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.nasBenchGraph();
        }
    }

    @Nested
    class Mobile extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.mobile();
        }
    }

    @Nested
    class Chain extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.chain();
        }
    }

    @Nested
    class Mlp extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.mlp();
        }
    }

    @Nested
    class ZophLe extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.zophLe();
        }
    }

    @Nested
    class Hierarchical extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return Spaces.hierarchical();
        }
    }

    @Nested
    class WrittenByAUser extends SpaceContract {
        @Override
        protected SearchSpace space() {
            return SearchSpace.of(
                    "mine",
                    stem(16),
                    choice("first", norConv(3), sepConv(5), maxPool(3)),
                    choice("second", norConv(3), skip()),
                    classifier());
        }
    }
}
