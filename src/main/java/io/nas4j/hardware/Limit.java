package io.nas4j.hardware;

import io.nas4j.nn.InputShape;
import io.nas4j.space.Architecture;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * No network that takes more, or less, than is said. What is measured is measured once a network.
 */
final class Limit implements Constraint {

    private final Demand demand;
    private final double least;
    private final double most;
    private final Setting setting;
    private final Map<String, Double> measured = new ConcurrentHashMap<>();

    private Limit(Demand demand, double least, double most, Setting setting) {
        this.demand = demand;
        this.least = least;
        this.most = most;
        this.setting = setting;
    }

    static Constraint of(Demand demand, double least, double most) {
        return new Limit(demand, least, most, Setting.UNSAID);
    }

    @Override
    public String name() {
        String limits =
                least == 0
                        ? "at most " + demand.number(most)
                        : most == Double.POSITIVE_INFINITY
                                ? "at least " + demand.number(least)
                                : "from " + demand.number(least) + " to " + demand.number(most);
        return limits + " " + demand.unit();
    }

    private double value(Walk walk) {
        SearchSpace network = walk.network();
        if (!demand.isMeasured()) {
            return value(network);
        }
        String same = network.fingerprint(new Architecture(network.name(), List.of()));
        Double known = measured.get(same);
        if (known == null) {
            // not inside of the map, whose lock must not be held while another thread trains
            known = value(network);
            measured.put(same, known);
        }
        return known;
    }

    private double value(SearchSpace network) {
        return demand.of(network, setting).get(demand.metric());
    }

    @Override
    public double excess(Walk walk) {
        double value = value(walk);
        // as shares of the limits, so that several constraints add up
        return value > most ? value / most - 1 : value < least ? 1 - value / least : 0;
    }

    @Override
    public boolean isMeasured() {
        return demand.isMeasured();
    }

    @Override
    public String found(Walk walk) {
        return demand.number(value(walk)) + " " + demand.unit();
    }

    @Override
    public Constraint on(int channels, int height, int width, int classes, String device) {
        Setting other = new Setting(new InputShape(channels, height, width), classes, device);
        return other.equals(setting) ? this : new Limit(demand, least, most, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
