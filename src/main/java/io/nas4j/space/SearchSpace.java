package io.nas4j.space;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which architectures exist: a network expression with holes.
 *
 * <p>Everything is a {@link #walk}: a chooser answers the reachable decisions in a fixed order, so
 * no invalid architecture can be written down. Immutable and safe to share between threads. A space
 * without holes is one network.
 */
public final class SearchSpace {

    private final String name;
    private final Node root;
    private final Map<String, Node> shared;
    private final Map<String, WalkPlan> plans;
    private final Set<String> leaves = new HashSet<>();

    /** Counted when first asked for; immutable, so that a race does no harm. */
    private BigInteger size;

    private SearchSpace(String name, Node root, Map<String, Node> shared) {
        require(!name.isBlank(), "a search space needs a name, but it was blank.");
        this.name = name;
        this.root = root;
        this.shared = Collections.unmodifiableMap(new LinkedHashMap<>(shared));
        this.plans = WalkPlan.of(root, this.shared);
        plans.values().forEach(plan -> plan.addLeaves(leaves));
    }

    /**
     * A space of a chain of steps.
     *
     * @param name what architectures of it are called after
     * @param steps the network from input to output, with holes
     * @return the space
     * @throws IllegalArgumentException for an unknown operation, an input that is not visible, a
     *     missing or cyclic reference, two holes of one name
     */
    public static SearchSpace of(String name, Node... steps) {
        require(steps.length > 0, "space \"%s\" is empty. Try at least one step.", name);
        return new SearchSpace(name, new Node.Chain(List.of(steps)), Map.of());
    }

    /**
     * A space with shared definitions.
     *
     * @param name what architectures of it are called after; spaces that differ only in depth or
     *     width may share it, their architectures are then interchangeable
     * @param root the network with holes
     * @param shared definitions by name; each is decided once, however often it is built
     * @return the space
     * @throws IllegalArgumentException as {@link #of(String, Node...)}
     */
    public static SearchSpace of(String name, Node root, Map<String, Node> shared) {
        return new SearchSpace(name, root, shared);
    }

    /**
     * What messages, journals and architectures call it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The expression.
     *
     * @return with or without holes
     */
    public Node root() {
        return root;
    }

    /**
     * The definitions that {@code ref} names.
     *
     * @return by name; unmodifiable
     */
    public Map<String, Node> shared() {
        return shared;
    }

    /**
     * The operations that are not nas4j's own: what the text form of this space is read with.
     *
     * @return each once, in grammar order
     */
    public Set<Operation> ownOperations() {
        Set<Operation> own = new LinkedHashSet<>();
        plans.values().forEach(plan -> plan.addOwn(own));
        return Collections.unmodifiableSet(own);
    }

    Map<String, WalkPlan> plans() {
        return plans;
    }

    /** Whether no other decision depends on this one: none of its options holds any. */
    boolean isLeaf(Decision decision) {
        return leaves.contains(decision.id());
    }

    /**
     * Walks through the space.
     *
     * @param chooser answers each reachable decision
     * @return the answers and the network they make
     */
    public Walk walk(Chooser chooser) {
        Walker walker = new Walker(plans, chooser, true);
        Node network = walker.walk();
        return new Walk(
                new Architecture(name, walker.answers),
                List.copyOf(walker.decisions),
                network,
                Collections.unmodifiableMap(walker.shared));
    }

    /**
     * Walks without building the network: the fast way to an architecture.
     *
     * @param chooser answers each reachable decision
     * @return the answers
     */
    public Architecture choose(Chooser chooser) {
        Walker walker = new Walker(plans, chooser, false);
        walker.walk();
        return new Architecture(name, walker.answers);
    }

    /**
     * Every decision answered uniformly.
     *
     * @param random where the answers come from
     * @return an architecture
     */
    public Architecture sample(RandomGenerator random) {
        return choose(decision -> random.nextInt(decision.arity()));
    }

    /**
     * A neighbour: exactly one decision of the parent changes (of a subset, one element); decisions
     * that only then become reachable are answered uniformly.
     *
     * @param parent an architecture of this space
     * @param random where the answers come from
     * @return never equal to {@code parent}
     * @throws IllegalStateException when the space has one architecture only
     */
    public Architecture mutate(Architecture parent, RandomGenerator random) {
        return Variation.mutate(this, parent, random);
    }

    /**
     * Uniform crossover: each decision is answered as one of the parents that met it did.
     *
     * @param a an architecture of this space
     * @param b another
     * @param random which parent answers
     * @return an architecture
     */
    public Architecture cross(Architecture a, Architecture b, RandomGenerator random) {
        return Variation.cross(this, a, b, random);
    }

    /**
     * The best liked answer to every decision: the discretisation of DARTS, a greedy policy. Ties
     * go to the earlier option.
     *
     * @param scores how much each option is liked
     * @return an architecture
     */
    public Architecture derive(OptionScores scores) {
        return choose(scores::best);
    }

    /**
     * Walks the answers of an architecture again.
     *
     * @param architecture of this space
     * @return its decisions and network
     * @throws IllegalArgumentException when it belongs to another space or its answers do not fit
     */
    public Walk walk(Architecture architecture) {
        Replay replay = new Replay(this, architecture);
        Walk walk = walk(replay);
        replay.requireUsedUp();
        return walk;
    }

    /**
     * Checks that an architecture is one of this space, without building its network.
     *
     * @param architecture any
     * @throws IllegalArgumentException when it belongs to another space or its answers do not fit
     */
    public void check(Architecture architecture) {
        Replay replay = new Replay(this, architecture);
        new Walker(plans, replay, false).walk();
        replay.requireUsedUp();
    }

    /**
     * The network as a space without holes: shared definitions keep their names.
     *
     * @param architecture of this space
     * @return a space of one architecture
     */
    public SearchSpace network(Architecture architecture) {
        Walk walk = walk(architecture);
        return new SearchSpace(name, walk.root(), walk.shared());
    }

    /**
     * The network as one tree: shared definitions are written out wherever they are used.
     *
     * @param architecture of this space
     * @return a node without holes and without references
     */
    public Node decode(Architecture architecture) {
        Walk walk = walk(architecture);
        return Inline.of(walk.root(), walk.shared());
    }

    /**
     * All decisions that some architecture reaches, in grammar order.
     *
     * @return each once
     */
    public List<Decision> decisions() {
        List<Decision> all = new ArrayList<>();
        plans.values().forEach(plan -> plan.addDecisions(all));
        return List.copyOf(all);
    }

    /**
     * How many architectures there are, exactly.
     *
     * @return at least 1
     */
    public BigInteger size() {
        BigInteger known = size;
        if (known == null) {
            known = Size.of(plans);
            size = known;
        }
        return known;
    }

    /**
     * Every architecture once, lazily, in lexicographic order of the answers.
     *
     * @return an ordered stream
     */
    public Stream<Architecture> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Enumeration(this), Spliterator.ORDERED | Spliterator.DISTINCT),
                false);
    }

    /**
     * Identifies the simplified network: architectures that build the same function (a {@code none}
     * branch, an identity, the order of summands, a vertex that nobody reads) share it.
     *
     * @param architecture of this space
     * @return 16 hexadecimal digits, the same on every JVM
     */
    public String fingerprint(Architecture architecture) {
        return Fingerprint.of(network(architecture));
    }

    /**
     * The choices by decision, without building the network.
     *
     * @param architecture of this space
     * @return answers by {@link Decision#id()}, in walk order
     * @throws IllegalArgumentException as {@link #walk(Architecture)}
     */
    public Map<String, Integer> answers(Architecture architecture) {
        return Collections.unmodifiableMap(Replay.answers(this, architecture).byId());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace that
                && name.equals(that.name)
                && root.equals(that.root)
                && shared.equals(that.shared);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + root.hashCode()) + shared.hashCode();
    }

    @Override
    public String toString() {
        return name
                + ": "
                + Size.words(size())
                + " architectures, "
                + decisions().size()
                + " decisions";
    }
}
