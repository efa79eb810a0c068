package io.nas4j.execute;

import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.json.Vocabulary;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The searches of {@link Repeated} one a worker: while the first is heard of, the next are trained
 * already. They enter the history one behind the other, each trial as it would have been here.
 */
final class SearchesAhead implements Repeated.Opener, AutoCloseable {

    private final Repeated repeated;
    private final Fidelity fidelity;
    private final Task task;
    private final WorkerCommand command;
    private final List<Message> jobs;
    private final Path folder;
    private final String strategy;
    private final Map<Integer, SliceProcess> started = new HashMap<>();
    private int next;
    private int live;
    private boolean closed;

    private SearchesAhead(
            Repeated repeated,
            Fidelity fidelity,
            Task task,
            WorkerPool.Setup setup,
            List<Class<?>> own,
            String strategy) {
        this.repeated = repeated;
        this.fidelity = fidelity;
        this.task = task;
        WorkerCommand trials = setup.command();
        this.command =
                new WorkerCommand(
                        SliceMain.class.getName(), own, trials.plan(), trials.classPath());
        this.jobs = setup.jobs();
        this.folder = setup.folder();
        this.strategy = strategy;
    }

    /** Empty where there is one search or one worker, or the strategy is made of code. */
    static Optional<SearchesAhead> of(
            SearchStrategy strategy, Task task, Fidelity fidelity, WorkerPool.Setup setup) {
        if (!(strategy instanceof Repeated repeated)
                || repeated.times() == 1
                || setup.jobs().size() == 1) {
            return Optional.empty();
        }
        Vocabulary known = KnownTypes.vocabulary();
        try {
            Set<Class<?>> own = new LinkedHashSet<>(setup.command().own());
            own.addAll(OwnTypes.of(repeated.strategy(), known));
            List<Class<?>> types = List.copyOf(own);
            String text = Json.write(repeated.strategy(), known.with(types));
            return Optional.of(new SearchesAhead(repeated, fidelity, task, setup, types, text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    SearchStrategy.Session session() {
        return repeated.open(task, this);
    }

    /** The first one is opened once for what it may refuse. */
    @Override
    public SearchStrategy.Session open(int index, int start, Task own) {
        List<String> devices = own.devices();
        Task one = own.device(devices.get(index % devices.size()));
        if (index == 0) {
            repeated.strategy().open(one, fidelity).close();
        }
        return new AheadSession(
                () -> repeated.strategy().open(one, fidelity),
                () -> take(index, start),
                own.space());
    }

    private synchronized Optional<SliceProcess> take(int index, int start) {
        next = Math.max(next, index);
        fill();
        Optional<SliceProcess> its = Optional.ofNullable(started.remove(index));
        if (start != start(index)) {
            // another search gave more trials than was foreseen: these would have other seeds
            its.ifPresent(SliceProcess::close);
            return Optional.empty();
        }
        return its;
    }

    private int start(int index) {
        return index * (repeated.strategy().slices().orElseThrow() + 1);
    }

    private synchronized void fill() {
        while (!closed && live < jobs.size() && next < repeated.times()) {
            int index = next++;
            try {
                Path own = Files.createDirectories(folder.resolve("search-" + index));
                Message order =
                        Message.of("train")
                                .with("job", jobs.get(index % jobs.size()).text("job"))
                                .with("strategy", strategy)
                                .with("fidelity", Json.write(fidelity))
                                .with("index", index)
                                .with("start", start(index))
                                .with("folder", own);
                started.put(index, SliceProcess.start(command, order, own, this::ended));
                live++;
            } catch (IOException e) {
                return; // trained here, when it is its turn
            }
        }
    }

    private synchronized void ended() {
        live--;
        fill();
    }

    /** Those that nobody has asked for. */
    @Override
    public synchronized void close() {
        closed = true;
        started.values().forEach(SliceProcess::close);
    }
}
