package plescope.parser.generator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An automaton as code sees it: branches with the bytes that take them, which states need a label, and which leave most bytes
 * to a fallback.
 *
 * <p>A state that only one other state leads to is written where that one goes on; every other state is a label to jump to.
 */
final class StateGraph {
    /** Code written into one label at most, in {@link #cost}: keeps nesting low and lets labels be shared out to methods. */
    private static final int MAX_BODY = 3000;

    /** Bytes of bytecode that look a byte up in a set. */
    private static final int SET_LOOKUP = 20;

    private final ModeAutomaton automaton;
    private final boolean[] label;
    private final List<Map<Integer, ByteSet>> branches = new ArrayList<>();
    private final int[] subtree;
    private final Fallbacks fallbacks;

    StateGraph(ModeAutomaton automaton) {
        this.automaton = automaton;
        label = new boolean[automaton.size()];
        subtree = new int[automaton.size()];
        markJoins();
        int[] comparisons = new int[automaton.size()];
        for (int state = 0; state < automaton.size(); state++) {
            comparisons[state] =
                    edges(state).values().stream().mapToInt(ByteSet::cost).sum();
        }
        fallbacks = new Fallbacks(automaton, label, comparisons);
        for (int state = 0; state < automaton.size(); state++) {
            branches.add(fallsBack(state) ? ownEdges(state) : edges(state));
        }
        for (int state = 0; state < automaton.size(); state++) {
            if (label[state]) {
                measure(state);
            }
        }
    }

    private void markJoins() {
        int[] predecessors = new int[automaton.size()];
        for (int state = 0; state < automaton.size(); state++) {
            for (int target : edges(state).keySet()) {
                predecessors[target] += target == state ? 0 : 1;
            }
        }
        for (int state = 0; state < automaton.size(); state++) {
            label[state] = state == 0 || predecessors[state] > 1;
        }
    }

    private Map<Integer, ByteSet> edges(int state) {
        Map<Integer, ByteSet> edges = new LinkedHashMap<>();
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int target = automaton.next(state, b);
            if (target != ModeAutomaton.DEAD) {
                edges.computeIfAbsent(target, t -> new ByteSet()).add(b);
            }
        }
        return edges;
    }

    /** What a state does otherwise than its fallback. */
    private Map<Integer, ByteSet> ownEdges(int state) {
        int usual = fallbacks.state(fallbacks.of(state));
        Map<Integer, ByteSet> own = new LinkedHashMap<>();
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int target = automaton.next(state, b);
            if (target != automaton.next(usual, b)) {
                own.computeIfAbsent(target, t -> new ByteSet()).add(b);
            }
        }
        return own;
    }

    /** Sums the code of a state and what is written into it; where that grows too long, its longest branches get labels. */
    private int measure(int state) {
        int cost = cost(branches.get(state)) + (accepts(state) == null ? 0 : 8);
        List<Integer> inlined = new ArrayList<>();
        for (int target : branches.get(state).keySet()) {
            if (target != state && !label[target]) {
                cost += measure(target);
                inlined.add(target);
            }
        }
        inlined.sort(Comparator.comparingInt(branch -> -subtree[branch]));
        for (int i = 0; i < inlined.size() && cost > MAX_BODY; i++) {
            label[inlined.get(i)] = true;
            cost -= subtree[inlined.get(i)];
        }
        subtree[state] = cost;
        return cost;
    }

    /** About the bytes of bytecode of some branches. */
    private static int cost(Map<Integer, ByteSet> edges) {
        int cost = 5;
        for (ByteSet bytes : edges.values()) {
            cost += 10 + (SetNames.isLookedUp(bytes) ? SET_LOOKUP : 7 * bytes.cost());
        }
        return cost;
    }

    /** The code written at a label, about, in bytes of bytecode. */
    int bodyCost(int state) {
        return subtree[state];
    }

    /** A method of some labels: their code, an entry of the switch for each, and the fallbacks they need. */
    int cost(List<Integer> labels) {
        Set<Integer> falls = new TreeSet<>();
        labels.forEach(label -> falls.addAll(fallbacksAt(label)));
        return labels.stream().mapToInt(label -> bodyCost(label) + 8).sum()
                + falls.stream().mapToInt(number -> cost(fallback(number))).sum();
    }

    boolean isLabel(int state) {
        return label[state];
    }

    /** True if bytes without a branch are left to the state's fallback, else they end the token. */
    boolean fallsBack(int state) {
        return fallbacks.of(state) != Fallbacks.NONE;
    }

    int fallbackOf(int state) {
        return fallbacks.of(state);
    }

    int fallbacks() {
        return fallbacks.count();
    }

    /** Targets and their bytes; a state may lead to itself. */
    Map<Integer, ByteSet> branches(int state) {
        return branches.get(state);
    }

    /** Where a fallback leads: labels only. */
    Map<Integer, ByteSet> fallback(int number) {
        return edges(fallbacks.state(number));
    }

    Outcome accepts(int state) {
        return automaton.accepts(state);
    }

    /** The labels that the code at a label jumps to. */
    Set<Integer> jumps(int from) {
        Set<Integer> jumps = new TreeSet<>();
        Set<Integer> falls = new TreeSet<>();
        collect(from, jumps, falls);
        falls.forEach(number -> jumps.addAll(fallback(number).keySet()));
        return jumps;
    }

    /** The fallbacks to which the code at a label leaves bytes. */
    Set<Integer> fallbacksAt(int from) {
        Set<Integer> falls = new TreeSet<>();
        collect(from, new TreeSet<>(), falls);
        return falls;
    }

    private void collect(int state, Set<Integer> jumps, Set<Integer> falls) {
        if (fallsBack(state)) {
            falls.add(fallbackOf(state));
        }
        for (int target : branches.get(state).keySet()) {
            if (label[target]) {
                jumps.add(target);
            } else if (target != state) {
                collect(target, jumps, falls);
            }
        }
    }
}
