package io.nas4j.trial;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import java.util.List;

/**
 * What a search is about.
 *
 * @param space which architectures exist; its constraints are meant for networks of the data
 * @param data what they are to learn
 * @param objectives what the search states that it wants, the first one foremost; empty: what its
 *     strategy optimises by default
 * @param seeds where all randomness comes from
 * @param devices where networks train: {@code auto} (a GPU when the engine sees one), {@code cpu},
 *     {@code gpu} or {@code gpu:1}; a network that is a strategy's own, a supernet, trains on all
 *     of them at once, any other on the first; at least one
 */
public record Task(
        SearchSpace space,
        Data data,
        List<Objective> objectives,
        Seeds seeds,
        List<String> devices) {

    public Task {
        require(!devices.isEmpty(), "a search needs a device, but has none. Try \"auto\".");
        devices = List.copyOf(devices);
        if (!space.constraints().isEmpty()) {
            String first = devices.get(0);
            space = space.on(data.channels(), data.height(), data.width(), data.outputs(), first);
        }
        objectives = List.copyOf(objectives);
    }

    /**
     * Without objectives of its own.
     *
     * @param space which architectures exist
     * @param data what they are to learn
     * @param seeds where all randomness comes from
     * @param device where networks train
     */
    public Task(SearchSpace space, Data data, Seeds seeds, String device) {
        this(space, data, List.of(), seeds, List.of(device));
    }

    /**
     * On a GPU when the engine sees one.
     *
     * @param space which architectures exist
     * @param data what they are to learn
     * @param seeds where all randomness comes from
     */
    public Task(SearchSpace space, Data data, Seeds seeds) {
        this(space, data, seeds, "auto");
    }

    /**
     * Sets {@link #data}.
     *
     * @param other what is to be learned
     * @return a copy
     */
    public Task data(Data other) {
        return new Task(space, other, objectives, seeds, devices);
    }

    /**
     * Sets {@link #objectives}.
     *
     * @param others empty: what the strategy optimises by default
     * @return a copy
     */
    public Task objectives(List<Objective> others) {
        return new Task(space, data, others, seeds, devices);
    }

    /**
     * Sets {@link #seeds}.
     *
     * @param others where all randomness comes from
     * @return a copy
     */
    public Task seeds(Seeds others) {
        return new Task(space, data, objectives, others, devices);
    }

    /**
     * Where a network trains.
     *
     * @return the first of {@link #devices}
     */
    public String device() {
        return devices.get(0);
    }

    /**
     * Sets {@link #devices} to a single one.
     *
     * @param other {@code auto}, the default, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return a copy
     */
    public Task device(String other) {
        return devices(List.of(other));
    }

    /**
     * Sets {@link #devices}.
     *
     * @param others at least one; a device that is named twice holds two replicas of a supernet
     * @return a copy
     */
    public Task devices(List<String> others) {
        return new Task(space, data, objectives, seeds, others);
    }
}
