package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

/**
 * The simulated schedule behind a synthetic log: who was where when, who woke whom, and why spins went on after PLE exits. Times
 * are the simulation's, vCPUs those of the scenario.
 */
final class TrueSchedule extends SelectiveSink {
    /** A sibling that comes to run elsewhere within this time counts as run in answer to the exit: docs/continuation.md [I]. */
    private static final long ANSWER_NS = 30_000;

    /** Logs show microseconds, cut off or rounded. */
    private static final long CLOCK_NS = 1_000;

    private final Roster roster;
    private final List<NavigableMap<Long, VcpuInterval>> intervals = new ArrayList<>();
    private final List<NavigableMap<Long, DirectedYield>> yields = new ArrayList<>();
    private final List<NavigableMap<Long, Wakeup>> wakeups = new ArrayList<>();
    private final Map<Long, Integer> culprits = new HashMap<>();

    TrueSchedule(Roster roster) {
        this.roster = roster;
        for (int vcpu = 0; vcpu < roster.vcpus().size(); vcpu++) {
            intervals.add(new TreeMap<>());
            yields.add(new TreeMap<>());
            wakeups.add(new TreeMap<>());
        }
    }

    @Override
    public void interval(VcpuInterval interval) {
        if (interval.durationNs() > 0) {
            intervals.get(interval.vcpu()).put(interval.startNs(), interval);
        }
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        yields.get(yielded.spinner()).put(yielded.exitNs(), yielded);
    }

    @Override
    public void waited(Wait wait) {
        culprits.put(wait.episode(), wait.culprit());
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        wakeups.get(wakeup.vcpu()).put(wakeup.timeNs(), wakeup);
    }

    /** The wake-up that a log shows at that time, null for none. */
    Wakeup wakeupAt(int vcpu, long ns) {
        return near(wakeups.get(vcpu), ns);
    }

    /**
     * Why the spin went on after the PLE exit that a log shows at that time, by the rules of docs/continuation.md with the true
     * culprit and the true states; null where there is no such exit, it did not go on, or nobody ended the spin.
     */
    Continuation continuationAt(int vcpu, long ns) {
        DirectedYield yielded = near(yields.get(vcpu), ns);
        int culprit = yielded == null ? -1 : culprits.getOrDefault(yielded.episode(), -1);
        if (culprit < 0 || yielded.backBeforeProgress() != Tristate.YES) {
            return null;
        }
        VcpuState state = stateAt(culprit, yielded.exitNs());
        if (state == null) {
            return null;
        }
        return switch (state) {
            case BLOCKED -> Continuation.NO_CANDIDATE;
            case GUEST, SPINNING, HOST, HALT_POLL -> Continuation.HOLDER_RUNNING;
            case PREEMPTED, WAITING -> whileReady(yielded, culprit);
            case UNKNOWN -> null;
        };
    }

    private Continuation whileReady(DirectedYield yielded, int culprit) {
        int target = yielded.outcome() == DirectedYield.Outcome.SIBLING
                ? yielded.successorVcpu()
                : runElsewhere(yielded.spinner(), yielded.exitNs());
        if (target >= 0) {
            return target == culprit ? Continuation.HOLDER_RUNNING : Continuation.OVERBOOST;
        }
        return switch (yielded.outcome()) {
            case OTHER_VM, OTHER_THREAD -> Continuation.SCHEDULER_MISMATCH;
            case NO_SWITCH, SIBLING, IDLE, UNKNOWN -> Continuation.LOST_OPPORTUNITY;
        };
    }

    private int runElsewhere(int spinner, long exitNs) {
        int target = -1;
        long first = exitNs + ANSWER_NS;
        for (Roster.Vcpu other : roster.vcpus()) {
            if (other.index() != spinner
                    && other.vm() == roster.vcpus().get(spinner).vm()) {
                long ran = ranAfter(other.index(), exitNs);
                if (ran < first) {
                    first = ran;
                    target = other.index();
                }
            }
        }
        return target;
    }

    /** When a vCPU that is ready at {@code ns} gets a pCPU; never for others. */
    private long ranAfter(int vcpu, long ns) {
        if (!isReady(stateAt(vcpu, ns))) {
            return Long.MAX_VALUE;
        }
        for (VcpuInterval later : intervals.get(vcpu).tailMap(ns, false).values()) {
            if (!isReady(later.state())) {
                return later.startNs();
            }
        }
        return Long.MAX_VALUE;
    }

    private static boolean isReady(VcpuState state) {
        return state == VcpuState.PREEMPTED || state == VcpuState.WAITING;
    }

    /** Null before the vCPU's first interval. */
    private VcpuState stateAt(int vcpu, long ns) {
        Map.Entry<Long, VcpuInterval> at = intervals.get(vcpu).floorEntry(ns);
        return at == null ? null : at.getValue().state();
    }

    private static <T> T near(NavigableMap<Long, T> times, long ns) {
        Map.Entry<Long, T> before = times.floorEntry(ns);
        Map.Entry<Long, T> after = times.ceilingEntry(ns);
        long toBefore = before == null ? Long.MAX_VALUE : ns - before.getKey();
        long toAfter = after == null ? Long.MAX_VALUE : after.getKey() - ns;
        if (Math.min(toBefore, toAfter) > CLOCK_NS) {
            return null;
        }
        return toBefore <= toAfter ? before.getValue() : after.getValue();
    }
}
