package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.Candidate;
import io.nas4j.json.Message;
import io.nas4j.search.Searches;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.TrialContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights between machines, without a machine: each line that is written is answered at once. */
class RemoteWeightsTest {

    private static final SearchSpace SPACE = Searches.task(Spaces.nasBench201(), 1).space();

    @TempDir private Path folder;

    private final List<byte[]> saved = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private byte[] kept = {};

    private TrialContext search() {
        return new TrialContext() {
            @Override
            public long seed() {
                return 1;
            }

            @Override
            public boolean report(int step, double score) {
                return true;
            }

            @Override
            public boolean proceed() {
                return true;
            }

            @Override
            public Checkpoints checkpoints() {
                return new Checkpoints() {
                    @Override
                    public void save(Content content) {
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        try {
                            content.write(out);
                        } catch (IOException e) {
                            warnings.add(e.getMessage());
                            return;
                        }
                        saved.add(out.toByteArray());
                    }

                    @Override
                    public Optional<InputStream> find() {
                        return kept.length == 0
                                ? Optional.empty()
                                : Optional.of(new ByteArrayInputStream(kept));
                    }
                };
            }
        };
    }

    private Checkpoints remote() {
        Candidate candidate =
                new Candidate(
                        4,
                        SPACE,
                        new Architecture(SPACE.name(), Collections.nCopies(6, 0)),
                        Fidelity.NONE,
                        OptionalInt.empty());
        RemoteAnswers answers =
                new RemoteAnswers(
                        new WorkerTrial(candidate, search(), 0), folder.resolve("search.bin"));
        BlockingQueue<Message> back = new LinkedBlockingQueue<>();
        Message order =
                Message.of("estimate")
                        .with("trial", 4)
                        .with("seed", 1)
                        .with("file", "/of/another/machine.bin");
        return new RemoteContext(
                        order,
                        Optional.of(folder.resolve("worker.bin")),
                        new Wire(new Line(answers, back)),
                        back,
                        () -> true)
                .checkpoints();
    }

    /** Answers whatever is written to it. */
    private final class Line extends OutputStream {
        private final RemoteAnswers answers;
        private final BlockingQueue<Message> back;

        Line(RemoteAnswers answers, BlockingQueue<Message> back) {
            this.answers = answers;
            this.back = back;
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            String line = new String(bytes, StandardCharsets.UTF_8).strip();
            Message message = Wire.message(line).orElseThrow();
            kinds.add(message.kind());
            answers.to(message).ifPresent(back::add);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, RemoteAnswers.PART, 2 * RemoteAnswers.PART + 12_345})
    void weightsArriveAsTheyWereWritten(int size) throws IOException {
        byte[] weights = new byte[size];
        new Random(size).nextBytes(weights);
        kept = weights;
        Checkpoints remote = remote();
        remote.save(out -> out.write(weights));
        remote.save(out -> out.write(weights, 0, 1));
        assertThat(saved).hasSize(2);
        assertThat(saved.get(0)).isEqualTo(weights);
        assertThat(saved.get(1)).containsExactly(weights[0]);
        try (InputStream found = remote.find().orElseThrow()) {
            assertThat(found.readAllBytes()).isEqualTo(weights);
        }
        long parts = 1 + (size - 1) / RemoteAnswers.PART;
        assertThat(kinds.stream().filter("part"::equals)).hasSize((int) parts + 1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(remote().find()).isEmpty();
        assertThat(kinds).containsExactly("find");
    }

    @Test
    void aTornWritingIsTold() {
        remote().save(
                        out -> {
                            out.write(1);
                            throw new IOException("full");
                        });
        assertThat(kinds).containsExactly("lost");
        assertThat(saved).isEmpty();
        assertThat(warnings).containsExactly("java.io.IOException: full");
    }
}
