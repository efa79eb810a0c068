package io.nas4j.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiteralTest {

    private static final String HOSTILE = "a\"; System.exit(1); \\u0022 \n */ ''' #{x} é 😀";

    @Test
    void nothingEndsALiteralButItsEnd() {
        assertThat(Literal.java(HOSTILE))
                .isEqualTo(
                        "\"a\\042; System.exit(1); \\134u0022 \\012 */ \\047\\047\\047 #{x} \\u00e9"
                                + " \\ud83d\\ude00\"");
        assertThat(Literal.python(HOSTILE))
                .startsWith("\"a\\U00000022; ")
                .endsWith("\\U000000e9 \\U0001f600\"");
        assertThat(Literal.comment(HOSTILE)).doesNotContain("*/", "\n", "\"", "'", "\\");
        assertThat(Literal.dot("a\"b\\")).isEqualTo("\"a?b?\"");
    }

    @Test
    void anyTextIsOneLineOfAsciiWithTwoQuotes() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append((char) random.nextInt(i % 2 == 0 ? 128 : 0x10000));
            }
            for (String literal :
                    new String[] {
                        Literal.java(text.toString()),
                        Literal.python(text.toString()),
                        Literal.dot(text.toString())
                    }) {
                assertThat(literal).matches("\"[ -!#-~]*\"");
            }
        }
    }
}
