package plescope.replay.spin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import plescope.parser.event.ApicIpi;

/** The IPIs from and to one vCPU. */
final class VcpuIpis {
    /** A guest cannot have more IPIs under way per receiver than vectors; older ones were lost from sight. */
    private static final int MAX_UNDER_WAY = 256;
    /** Sends kept for judging its waits: a shootdown to every vCPU of a large VM. */
    private static final int SENDS_KEPT = 128;
    /** A vector sent to several vCPUs one after the other is one set if its ICR writes come this close. */
    private static final long SET_GAP_NS = 100_000;

    /** Sent to this vCPU and not handled yet, oldest first. */
    final Deque<SentIpi> underWay = new ArrayDeque<>(0);

    /** An IPI this vCPU's thread emulates, whose receivers the events that follow name; null where there is none. */
    ApicIpi unresolved;

    /** Whether one under way was injected and waits for the next entry. */
    private boolean injected;

    private final Deque<SentIpi> sends = new ArrayDeque<>(0);
    /** What {@link #lastSet} answers until something is sent again, null where it has not been asked yet. */
    private List<SentIpi> newestSet = List.of();

    void sent(SentIpi ipi) {
        sends.addFirst(ipi);
        if (sends.size() > SENDS_KEPT) {
            sends.removeLast();
        }
        newestSet = null;
    }

    /** One more is under way to this vCPU. Returns the one that is lost from sight for it, null for none. */
    SentIpi receives(SentIpi ipi) {
        underWay.addLast(ipi);
        return underWay.size() > MAX_UNDER_WAY ? underWay.removeFirst() : null;
    }

    void injected(int vector) {
        if (underWay.isEmpty()) {
            return;
        }
        for (SentIpi ipi : underWay) {
            if (ipi.vector == vector && ipi.takenNs < 0) {
                ipi.injected = true;
                injected = true;
            }
        }
    }

    void entered(long nowNs, long line) {
        unresolved = null;
        if (!injected) {
            return;
        }
        injected = false;
        for (SentIpi ipi : underWay) {
            if (ipi.injected && ipi.takenNs < 0) {
                ipi.takenNs = nowNs;
                ipi.takenLine = line;
            }
        }
    }

    /** The last set of IPIs this vCPU sent before {@code beforeNs}: one vector, close together; newest first. */
    List<SentIpi> lastSet(long beforeNs) {
        if (!sends.isEmpty() && sends.getFirst().sentNs > beforeNs) {
            return findSet(beforeNs);
        }
        if (newestSet == null) {
            newestSet = findSet(beforeNs);
        }
        return newestSet;
    }

    private List<SentIpi> findSet(long beforeNs) {
        List<SentIpi> set = new ArrayList<>();
        for (SentIpi ipi : sends) {
            if (ipi.sentNs > beforeNs) {
                continue;
            }
            if (!set.isEmpty() && !belongs(ipi, set)) {
                break;
            }
            set.add(ipi);
        }
        return List.copyOf(set);
    }

    private static boolean belongs(SentIpi ipi, List<SentIpi> set) {
        SentIpi newer = set.get(set.size() - 1);
        if (ipi.vector != newer.vector || newer.sentNs - ipi.sentNs > SET_GAP_NS) {
            return false;
        }
        for (SentIpi other : set) {
            if (other.receiver == ipi.receiver) {
                return false;
            }
        }
        return true;
    }
}
