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
    private final Constraints constraints;
    private final Set<String> leaves = new HashSet<>();
    private final Scope outermost = Scope.outermost();

    /** Counted when first asked for; immutable, so that a race does no harm. */
    private BigInteger size;

    private SearchSpace(String name, Node root, Map<String, Node> shared, Constraints constraints) {
        require(!name.isBlank(), "a search space needs a name, but it was blank.");
        this.name = name;
        this.root = root;
        this.shared = Collections.unmodifiableMap(new LinkedHashMap<>(shared));
        this.plans = WalkPlan.of(root, this.shared);
        this.constraints = constraints;
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
        return new SearchSpace(name, new Node.Chain(List.of(steps)), Map.of(), Constraints.NONE);
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
        return new SearchSpace(name, root, shared, Constraints.NONE);
    }

    /**
     * The same space, of which only what meets the constraints is drawn, varied, derived and
     * enumerated, for example {@code cells().where(parameters().atMost(100_000))}. Those that it
     * has already hold too. A walk with a chooser of one's own asks {@link #admits}.
     *
     * @param constraints all to be met; one takes the place of another of its name
     * @return a space whose architectures are interchangeable with this one's
     */
    public SearchSpace where(Constraint... constraints) {
        return new SearchSpace(name, root, shared, this.constraints.plus(List.of(constraints)));
    }

    /**
     * The same space, its constraints meant for networks between other data, on another device. A
     * search's task does so with its own; unless said, they are the embedded images, 1×28×28, 10
     * classes, and the device {@code auto}.
     *
     * @param channels of an image, or features of a row
     * @param height in pixels; 1 for rows
     * @param width in pixels; 1 for rows
     * @param classes how many outputs
     * @param device where they run
     * @return this, where its constraints stay what they are
     */
    public SearchSpace on(int channels, int height, int width, int classes, String device) {
        Constraints there = constraints.on(channels, height, width, classes, device);
        return there == constraints ? this : new SearchSpace(name, root, shared, there);
    }

    /**
     * What its architectures must meet.
     *
     * @return in the order in which they were given; unmodifiable
     */
    public List<Constraint> constraints() {
        return constraints.all();
    }

    /**
     * Whether an architecture meets the constraints.
     *
     * @param architecture of this space
     * @return true where there are none
     */
    public boolean admits(Architecture architecture) {
        return constraints.admits(this, architecture);
    }

    double excess(Architecture architecture) {
        return constraints.excess(this, architecture);
    }

    Constraints limits() {
        return constraints;
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

    /** Where no {@code with} has set anything. */
    Scope outermost() {
        return outermost;
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
                List.copyOf(walker.decisions()),
                network,
                Collections.unmodifiableMap(walker.shared));
    }

    /**
     * Walks without building the network: the fast way to an architecture.
     *
     * @param chooser answers each reachable decision
     * @return the answers, whether or not they meet the constraints
     */
    public Architecture choose(Chooser chooser) {
        Walker walker = new Walker(plans, chooser, false);
        walker.walk();
        return new Architecture(name, walker.answers);
    }

    /**
     * Every decision answered uniformly; what does not meet the constraints is drawn again.
     *
     * @param random where the answers come from
     * @return an architecture
     * @throws IllegalArgumentException when none of 10,000 meets the constraints, with the nearest
     */
    public Architecture sample(RandomGenerator random) {
        return constraints.isEmpty()
                ? uniform(random)
                : constraints.sample(this, () -> uniform(random));
    }

    private Architecture uniform(RandomGenerator random) {
        return choose(decision -> random.nextInt(decision.arity()));
    }

    /**
     * A neighbour: exactly one decision of the parent changes (of a subset, one element); decisions
     * that only then become reachable are answered uniformly. Where no neighbour meets the
     * constraints, it is a random architecture that does.
     *
     * @param parent an architecture of this space
     * @param random where the answers come from
     * @return never equal to {@code parent}, unless no other meets the constraints
     * @throws IllegalStateException when the space has one architecture only
     */
    public Architecture mutate(Architecture parent, RandomGenerator random) {
        return constraints.isEmpty()
                ? Variation.mutate(this, parent, random)
                : constraints.mutate(this, parent, random);
    }

    /**
     * Uniform crossover: each decision is answered as one of the parents that met it did. Where no
     * such child meets the constraints, it is a mutant of one of them.
     *
     * @param a an architecture of this space
     * @param b another
     * @param random which parent answers
     * @return an architecture
     */
    public Architecture cross(Architecture a, Architecture b, RandomGenerator random) {
        return constraints
                .vary(this, () -> Variation.cross(this, a, b, random))
                .orElseGet(() -> mutate(random.nextBoolean() ? a : b, random));
    }

    /**
     * The best liked answer to every decision: the discretisation of DARTS, a greedy policy. Ties
     * go to the earlier option. Where that does not meet the constraints, it is the nearest found
     * that does: the sum over decisions of what the best options score more is small.
     *
     * @param scores how much each option is liked
     * @return an architecture
     * @throws IllegalArgumentException when no architecture is found that meets the constraints
     */
    public Architecture derive(OptionScores scores) {
        return constraints.isEmpty() ? choose(scores::best) : new Repair(this, scores).best();
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
        return walk.network();
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
     * How many architectures there are, exactly, the constraints aside.
     *
     * @return at least 1
     * @throws IllegalStateException when holes choose between so many references that it would take
     *     too long to count
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
     * Every architecture that meets the constraints once, lazily, in lexicographic order of the
     * answers.
     *
     * @return an ordered stream
     */
    public Stream<Architecture> stream() {
        Stream<Architecture> all =
                StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                new Enumeration(this), Spliterator.ORDERED | Spliterator.DISTINCT),
                        false);
        return constraints.isEmpty() ? all : all.filter(this::admits);
    }

    /**
     * Identifies the simplified network: architectures that build the same function (a {@code none}
     * branch, an identity, the order of summands, a vertex that nobody reads) share it.
     *
     * @param architecture of this space
     * @return 16 hexadecimal digits, the same on every JVM
     */
    public String fingerprint(Architecture architecture) {
        return Fingerprint.of(this, architecture);
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
                && shared.equals(that.shared)
                && constraints.equals(that.constraints);
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
                + (size().equals(BigInteger.ONE) ? " architecture, " : " architectures, ")
                + decisions().size()
                + (decisions().size() == 1 ? " decision" : " decisions")
                + (constraints.isEmpty() ? "" : ", of them those of " + constraints.names());
    }
}
