package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The space of mobile blocks under strategies with and without weights. */
class MobileIT {

    static Stream<SearchStrategy> strategies() {
        return Stream.of(
                Nas.EVOLUTION.population(2).tournament(1),
                Nas.DARTS.epochs(1).data(0.02).resolution(7),
                Nas.ONE_SHOT.epochs(1).data(0.02).resolution(7).evolution(2, 1));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyKindOfStrategySearchesIt(SearchStrategy strategy) {
        SearchResult result =
                Nas.space(Spaces.mobile(1, 4, 6))
                        .data(Nas.fashionMnistSample())
                        .strategy(strategy)
                        .estimator(Nas.lowFidelity(1).data(0.02).resolution(7))
                        .budget(Nas.trials(3))
                        .quiet()
                        .run();
        assertThat(result.history().scored()).isNotEmpty();
        assertThat(result.architecture().space()).isEqualTo("mobile");
    }
}
