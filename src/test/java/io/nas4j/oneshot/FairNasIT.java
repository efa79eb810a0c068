package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.search.RunResult;
import io.nas4j.sharing.SupernetSearchContract;
import io.nas4j.strategy.SearchStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FairNasIT extends SupernetSearchContract {

    @Override
    protected SearchStrategy strategy(int epochs, double weightRate) {
        return new OneShot()
                .fair()
                .epochs(epochs)
                .batch(8)
                .resolution(0)
                .weightRate(weightRate, weightRate)
                .evolution(4, 2)
                .tuning(0)
                .scoredBy(PathScore.ACCURACY);
    }

    @Test
    void itsPathsAreNotThoseOfUniformDraws() {
        OneShot fair = (OneShot) strategy(2, 0.05);
        RunResult one = run(fair, gratings(false, 1));
        RunResult other = run(fair.paths(PathSampling.UNIFORM), gratings(false, 1));
        assertThat(facts(one)).isNotEqualTo(facts(other));
        assertThat(fair.name()).isEqualTo("FairNAS");
        assertThat(fair.toString()).contains("paths=FAIR");
    }

    @Test
    void findsTheOperationThatIsRight() {
        assertThat(operation(run(strategy(4, 0.05), gratings(false, 1)))).isEqualTo(CONVOLUTION);
    }
}
