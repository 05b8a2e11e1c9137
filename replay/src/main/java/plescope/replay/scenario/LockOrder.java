package plescope.replay.scenario;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Which locks of a VM are taken while which are held. A ring of them is a deadlock that waits for its moment, so it is refused
 * even where timing or an outer lock would prevent it, as lockdep does.
 */
final class LockOrder {
    private final SourceText source;
    private final NameTable locks;
    private final List<Nesting> nestings = new ArrayList<>();

    /** How many tasks nest locks at all: one alone cannot be in its own way. */
    private int tasks;

    private record Nesting(int outer, int inner, Token at) {}

    LockOrder(SourceText source, NameTable locks) {
        this.source = source;
        this.locks = locks;
    }

    void taken(int lock, List<Integer> held, Token at) {
        for (int outer : held) {
            nestings.add(new Nesting(outer, lock, at));
        }
    }

    /** So many tasks do what was said since the last call. */
    void by(int count, int nestingsBefore) {
        tasks += nestings.size() > nestingsBefore ? count : 0;
    }

    int size() {
        return nestings.size();
    }

    void refuseRings() {
        if (tasks < 2) {
            return;
        }
        for (Nesting last : nestings) {
            List<Nesting> back = path(last.inner(), last.outer());
            if (back != null) {
                throw ring(last, back);
            }
        }
    }

    /** Nestings that lead from one lock to another, fewest first; null for none. */
    private List<Nesting> path(int from, int to) {
        Nesting[] reachedBy = new Nesting[locks.size()];
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int lock = open.remove();
            for (Nesting nesting : nestings) {
                if (nesting.outer() == lock && reachedBy[nesting.inner()] == null && nesting.inner() != from) {
                    reachedBy[nesting.inner()] = nesting;
                    open.add(nesting.inner());
                }
            }
        }
        if (reachedBy[to] == null) {
            return null;
        }
        List<Nesting> path = new ArrayList<>();
        for (int lock = to; lock != from; lock = path.get(0).outer()) {
            path.add(0, reachedBy[lock]);
        }
        return path;
    }

    private ScenarioException ring(Nesting last, List<Nesting> back) {
        StringBuilder ring = new StringBuilder(locks.name(last.outer()) + " > " + locks.name(last.inner()));
        StringBuilder lines = new StringBuilder();
        for (Nesting nesting : back) {
            ring.append(" > ").append(locks.name(nesting.inner()));
            lines.append(lines.length() == 0 ? "" : ", ").append(nesting.at().getLine());
        }
        return source.error(
                last.at(),
                "tasks can wait for each other for ever: " + ring,
                "the other order is in line " + lines + "; take locks in one order everywhere");
    }
}
