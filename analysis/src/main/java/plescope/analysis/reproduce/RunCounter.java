package plescope.analysis.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.GuestObserver;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;

/** Counts what figures are made of, from the end of the warm-up on, without keeping the schedule. */
final class RunCounter extends SelectiveSink implements GuestObserver {
    private final Roster roster;
    private final long fromNs;
    private final Count[] counts;

    private static final class Count {
        private long operations;
        private long workNs;
        private long pauseExits;
        private long yields;
        private long longestBurst;
        private long stealNs;
        private long ranNs;
    }

    /** @param fromNs end of the warm-up */
    RunCounter(Roster roster, long fromNs) {
        this.roster = roster;
        this.fromNs = fromNs;
        this.counts = new Count[roster.vms().size()];
        for (int vm = 0; vm < counts.length; vm++) {
            counts[vm] = new Count();
        }
    }

    private Count of(int vcpu) {
        return counts[roster.vcpus().get(vcpu).vm()];
    }

    @Override
    public void counted(int vm, int task, int vcpu, long now) {
        counts[vm].operations += now >= fromNs ? 1 : 0;
    }

    @Override
    public void interval(VcpuInterval interval) {
        long ns = interval.endNs() - Math.max(interval.startNs(), fromNs);
        if (ns <= 0) {
            return;
        }
        Count count = of(interval.vcpu());
        switch (interval.state()) {
            case GUEST -> {
                count.ranNs += ns;
                count.workNs += ns;
            }
            case SPINNING, HOST, HALT_POLL -> count.ranNs += ns;
            case PREEMPTED, WAITING -> count.stealNs += ns;
            case BLOCKED, UNKNOWN -> {
                // Asleep: neither run nor stolen.
            }
        }
    }

    /** A hypercall of these guests asks for a sibling; so does what has no family of its own, s390's diag. */
    @Override
    public void vmExit(VmExit exit) {
        if (exit.exitNs() < fromNs) {
            return;
        }
        Count count = of(exit.vcpu());
        Family family = exit.reason().family();
        if (family == Family.PAUSE) {
            count.pauseExits++;
        }
        if (family == Family.PAUSE || family == Family.HYPERCALL || family == Family.OTHER) {
            count.yields++;
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        if (episode.startNs() >= fromNs) {
            Count count = of(episode.vcpu());
            count.longestBurst = Math.max(count.longestBurst, episode.pleExits());
        }
    }

    /** By name of the VM. */
    Map<String, VmTotals> totals(long elapsedNs) {
        Map<String, VmTotals> totals = new LinkedHashMap<>();
        double seconds = (elapsedNs - fromNs) / 1e9;
        List<Roster.Vm> vms = roster.vms();
        for (int vm = 0; vm < counts.length; vm++) {
            Count count = counts[vm];
            totals.put(
                    vms.get(vm).name(),
                    new VmTotals(
                            seconds,
                            count.operations,
                            count.workNs,
                            count.pauseExits,
                            count.yields,
                            count.longestBurst,
                            count.stealNs,
                            count.ranNs));
        }
        return totals;
    }
}
