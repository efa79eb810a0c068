package io.nas4j.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NasBench201StringTest {

    @Test
    void edgesAreReadInTheOrderOfTheSpace() {
        Architecture cell =
                NasBench201String.parse(
                        "|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|");
        // none, skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3
        assertThat(cell.choices()).isEqualTo(List.of(3, 0, 4, 1, 2, 3));
    }

    @Test
    void everyCellSurvivesItsText() {
        assertThat(Spaces.nasBench201().stream())
                .hasSize(15_625)
                .allSatisfy(
                        cell ->
                                assertThat(NasBench201String.parse(NasBench201String.of(cell)))
                                        .isEqualTo(cell));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|none~0|",
                "|none~0|+|none~0|none~1|+|none~0|none~1|",
                "|none~1|+|none~0|none~1|+|none~0|none~1|none~2|",
                "|sep_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|",
                "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|+",
                "none~0+none~0,none~1+none~0,none~1,none~2"
            })
    void whatIsNoCellIsRefused(String text) {
        assertThatThrownBy(() -> NasBench201String.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
