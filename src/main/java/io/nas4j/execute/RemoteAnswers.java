package io.nas4j.execute;

import io.nas4j.json.Message;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What the search answers to a trial that runs elsewhere: the other side of {@link RemoteContext}.
 */
final class RemoteAnswers {

    /** Of weights in one message, in bytes. */
    static final int PART = 1 << 20;

    private static final Set<String> TOLD = Set.of("progress", "phase", "part");
    private static final Set<String> ASKED = Set.of("report", "save", "lost", "find", "read");

    private final WorkerTrial trial;
    private final TrialContext context;
    private final Path file;

    /**
     * For one trial.
     *
     * @param trial that asks
     * @param file by which its weights pass
     */
    RemoteAnswers(WorkerTrial trial, Path file) {
        this.trial = trial;
        this.context = trial.context();
        this.file = file;
    }

    static boolean isOf(Message message) {
        return TOLD.contains(message.kind()) || ASKED.contains(message.kind());
    }

    /** The answer; empty where none is expected. */
    Optional<Message> to(Message message) throws IOException {
        switch (message.kind()) {
            case "progress" -> context.progress(message.number("fraction"));
            case "phase" -> context.phase(message.text("phase"));
            case "part" -> append(message);
            default -> {
                return Optional.of(answer(message));
            }
        }
        return Optional.empty();
    }

    private void append(Message message) throws IOException {
        boolean first = message.whole("at") == 0;
        Files.write(
                file,
                Base64.getDecoder().decode(message.text("bytes")),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    }

    private Message answer(Message question) {
        Message answer = Message.of("answer");
        Checkpoints checkpoints = context.checkpoints();
        try {
            switch (question.kind()) {
                case "report" -> {
                    return answer.with(
                            "proceed",
                            trial.report((int) question.whole("step"), question.number("score")));
                }
                case "save" -> {
                    checkpoints.save(to -> Files.copy(file, to));
                    Files.deleteIfExists(file);
                    return answer;
                }
                case "lost" -> {
                    checkpoints.save(
                            to -> {
                                throw new IOException(question.text("reason"));
                            });
                    return answer;
                }
                case "find" -> {
                    Optional<InputStream> found = checkpoints.find();
                    if (found.isPresent()) {
                        try (InputStream from = found.get()) {
                            Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                    return answer.with("found", found.isPresent());
                }
                default -> {
                    return answer.with("bytes", part(question.whole("at")));
                }
            }
        } catch (IOException | RuntimeException e) {
            return answer.with("error", Outcome.Failed.reason(e));
        }
    }

    /** Empty at the end, where the file is no longer needed. */
    private String part(long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PART);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(at);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
        }
        if (bytes.position() == 0) {
            Files.deleteIfExists(file);
        }
        return Base64.getEncoder()
                .encodeToString(java.util.Arrays.copyOf(bytes.array(), bytes.position()));
    }
}
