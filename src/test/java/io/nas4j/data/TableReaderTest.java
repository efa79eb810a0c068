package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TableReaderTest {

    private static final Csv FLATS =
            Csv.parse(
                    "flats",
                    """
                    rooms,town,sold,note,price
                    1,Ulm,2024-01-01,small but near to the river,100.5
                    ,Bonn,2024-01-08,large and bright with a garden,300.5
                    3,Ulm,,needs some work on the roof,250
                    5,Kiel,2025-12-31,small but near to the station,400
                    9,,2024-03-01,large and quiet with a view,900
                    7,Bonn,2024-05-01,bright rooms near to the river,700
                    """);

    private static final Split FIRST_FOUR =
            new Split(new int[] {0, 1, 2, 3}, new int[] {4}, new int[] {5});

    private static float feature(Data data, int row, String name) {
        List<String> names = data.encoding().orElseThrow().features();
        assertThat(names).contains(name);
        return data.values()[row * names.size() + names.indexOf(name)];
    }

    @Test
    void missingCellsCategoriesAndDatesBecomeNumbersOfTheTrainingRowsOnly() {
        Data data = new TableReader().read(Frame.of(FLATS), "price").split(FIRST_FOUR);
        assertThat(data.target()).isInstanceOf(Target.Numbers.class);
        // the median of 1, 3, 5; the 9 and the 7 that are held back are not in it
        assertThat(feature(data, 1, "rooms")).isEqualTo(3);
        assertThat(feature(data, 1, "rooms missing")).isEqualTo(1);
        assertThat(feature(data, 0, "rooms missing")).isEqualTo(0);
        assertThat(feature(data, 3, "town = Kiel")).isEqualTo(1);
        assertThat(feature(data, 4, "town = Kiel")).isEqualTo(0);
        assertThat(feature(data, 1, "sold days since")).isEqualTo(7);
        assertThat(feature(data, 0, "sold year")).isEqualTo(2024);
        // a Monday, and a Monday
        assertThat(feature(data, 0, "sold weekday cosine")).isEqualTo(1);
        assertThat(feature(data, 1, "sold weekday cosine")).isEqualTo(1);
        // of three known days the middle one
        assertThat(feature(data, 2, "sold days since")).isEqualTo(7);
        assertThat(feature(data, 2, "sold missing")).isEqualTo(1);
        assertThat(data.encoding().orElseThrow().toString())
                .contains("to predict price: a number")
                .contains("rooms  a number; where it is missing the median 3.0 stands in")
                .contains("town   one 0/1 feature for each of 3 categories")
                .contains("days since 2024-01-01; where it is missing 2024-01-08 stands in")
                .contains("note   words and pairs of words, hashed into 128 features");
    }

    @Test
    void anotherSplitHasStatisticsOfItsOwn() {
        Data all = new TableReader().read(Frame.of(FLATS), "price");
        Data last = all.split(new Split(new int[] {3, 4, 5}, new int[] {0}, new int[] {1, 2}));
        assertThat(feature(last, 1, "rooms")).isEqualTo(7);
        assertThat(last.encoding().orElseThrow().features())
                .contains("town missing")
                .doesNotContain("rooms missing", "town = Ulm");
        assertThat(last.contentHash()).isNotEqualTo(all.split(FIRST_FOUR).contentHash());
    }

    @Test
    void sentencesThatShareWordsAreNearerThanOthers() {
        Data data = new TableReader().hashes(256).read(Frame.of(FLATS), "price");
        assertThat(near(data, 0, 3)).isGreaterThan(near(data, 0, 1) + 0.2);
        assertThat(near(data, 0, 0)).isCloseTo(1, within(1e-5));
    }

    private static double near(Data data, int a, int b) {
        int width = data.channels();
        List<String> names = data.encoding().orElseThrow().features();
        return IntStream.range(0, width)
                .filter(i -> names.get(i).startsWith("note #"))
                .mapToDouble(i -> data.values()[a * width + i] * data.values()[b * width + i])
                .sum();
    }

    @Test
    void otherRowsAreEncodedAsTheTrainingRowsWere() {
        Data data = new TableReader().read(Frame.of(FLATS), "price").split(FIRST_FOUR);
        TableEncoding encoding = data.encoding().orElseThrow();
        assertThat(encoding.encode(Frame.of(FLATS))).isEqualTo(data.values());
        Csv one = Csv.parse("one", "note,sold,rooms,town\nnew,2024-01-01,,Paris\n");
        float[] row = encoding.encode(Frame.of(one));
        assertThat(row[encoding.features().indexOf("rooms")]).isEqualTo(3);
        assertThat(row[encoding.features().indexOf("town = Ulm")]).isEqualTo(0);
        assertThatThrownBy(() -> encoding.encode(Frame.of(Csv.parse("x", "rooms\n1\n"))))
                .hasMessageContaining("\"town\" must be a column of \"x\"");
        Csv wrong = Csv.parse("x", "rooms,town,sold,note\nmany,Ulm,2024-01-01,x\n");
        assertThatThrownBy(() -> encoding.encode(Frame.of(wrong)))
                .hasMessageContaining(
                        "\"rooms\" must hold numbers as in training, but holds texts");
    }

    @Test
    void rareCategoriesShareAFeatureAndUselessColumnsAreLeftOut() {
        StringBuilder text = new StringBuilder("id,town,same,y\n");
        for (int i = 0; i < 60; i++) {
            String town = i % 10 == 0 ? "village " + i : i % 2 == 0 ? "Ulm" : "Bonn";
            text.append("id-").append(i).append(',').append(town).append(",1,").append(i % 3 + 0.5);
            text.append('\n');
        }
        Data data =
                new TableReader().rare(0.1).read(Frame.of(Csv.parse("t", text.toString())), "y");
        assertThat(data.encoding().orElseThrow().features())
                .containsExactly("town = Bonn", "town = Ulm", "town other");
        assertThat(data.encoding().orElseThrow().toString())
                .contains("left out: it is always 1.0")
                .contains("different texts in 42 training rows");
    }

    @Test
    void theTargetsColumnDecidesWhatIsPredicted() {
        Csv table =
                Csv.parse(
                        "t",
                        "x,grade,cost,a,b\n1,1,1.5,0,1\n2,2,2.5,1,0\n3,1,3.5,1,1\n4,2,9,0,0\n");
        Frame frame = Frame.of(table);
        TableReader reader = new TableReader();
        assertThat(reader.read(frame, "grade").classes()).containsExactly("1", "2");
        assertThat(reader.kind(Target.Kind.NUMBERS).read(frame, "grade").target())
                .isInstanceOf(Target.Numbers.class);
        assertThat(reader.read(frame, "a", "b").target()).isInstanceOf(Target.Labels.class);
        assertThat(reader.read(frame, "cost", "grade").target()).isInstanceOf(Target.Numbers.class);
        assertThatThrownBy(() -> reader.read(frame, "cost").labels())
                .hasMessageContaining("classes are asked for, but data \"t\" are to predict cost");
        assertThatThrownBy(() -> reader.read(frame, "cost").balanced())
                .hasMessageContaining("numbers are predicted");
    }
}
