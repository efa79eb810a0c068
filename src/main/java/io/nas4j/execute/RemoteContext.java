package io.nas4j.execute;

import io.nas4j.json.Message;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.TrialContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * What a trial in a worker may ask of the search: by messages, each of which that asks something
 * has one answer. Weights pass by files, or in parts where the search is on another machine.
 */
final class RemoteContext implements TrialContext {

    private final long trial;
    private final long seed;
    private final boolean keeps;
    private final boolean apart;
    private final Path file;
    private final Wire out;
    private final BlockingQueue<Message> answers;
    private final BooleanSupplier proceed;
    private volatile boolean refused;

    /**
     * For one trial.
     *
     * @param order the search's
     * @param own a file of this machine, where the search's files cannot be read
     * @param out the line to the search
     * @param answers that come on it
     * @param proceed false once the trial is to stop
     */
    RemoteContext(
            Message order,
            Optional<Path> own,
            Wire out,
            BlockingQueue<Message> answers,
            BooleanSupplier proceed) {
        this.trial = order.whole("trial");
        this.seed = order.whole("seed");
        this.keeps = order.has("file");
        this.apart = own.isPresent();
        this.file = own.orElseGet(() -> Path.of(keeps ? order.text("file") : ""));
        this.out = out;
        this.answers = answers;
        this.proceed = proceed;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public boolean report(int step, double score) {
        Message answer = ask(message("report").with("step", step).with("score", score));
        refused |= !answer.text("proceed").equals("true");
        return proceed();
    }

    @Override
    public boolean proceed() {
        return !refused && proceed.getAsBoolean();
    }

    @Override
    public void progress(double fraction) {
        tell(message("progress").with("fraction", fraction));
    }

    @Override
    public void phase(String phase) {
        tell(message("phase").with("phase", phase));
    }

    private Message message(String kind) {
        return Message.of(kind).with("trial", trial);
    }

    private void tell(Message message) {
        try {
            out.send(message);
        } catch (IOException e) {
            throw new UncheckedIOException("the search has ended", e);
        }
    }

    private Message ask(Message question) {
        tell(question);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Message answer = answers.take();
                    if (answer.has("error")) {
                        throw new IllegalStateException(answer.text("error"));
                    }
                    return answer;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Checkpoints checkpoints() {
        return keeps ? new ByFile() : Checkpoints.NONE;
    }

    private final class ByFile implements Checkpoints {
        @Override
        public void save(Content content) {
            try {
                try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
                    content.write(to);
                }
                if (apart) {
                    send();
                }
                ask(message("save"));
            } catch (IOException e) {
                ask(message("lost").with("reason", e.toString()));
            }
        }

        @Override
        public Optional<InputStream> find() {
            if (!ask(message("find")).text("found").equals("true")) {
                return Optional.empty();
            }
            try {
                if (apart) {
                    fetch();
                }
                return Optional.of(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private void send() throws IOException {
            try (InputStream in = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)) {
                long at = 0;
                byte[] part = in.readNBytes(RemoteAnswers.PART);
                do {
                    tell(message("part").with("at", at).with("bytes", encoded(part)));
                    at += part.length;
                    part = in.readNBytes(RemoteAnswers.PART);
                } while (part.length > 0);
            }
        }

        private String encoded(byte[] part) {
            return Base64.getEncoder().encodeToString(part);
        }

        private void fetch() throws IOException {
            try (OutputStream to = Files.newOutputStream(file)) {
                long at = 0;
                byte[] part = part(at);
                while (part.length > 0) {
                    to.write(part);
                    at += part.length;
                    part = part(at);
                }
            }
        }

        private byte[] part(long at) {
            return Base64.getDecoder().decode(ask(message("read").with("at", at)).text("bytes"));
        }
    }
}
