package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;
import plescope.replay.workload.Workload;

/** Keeps a schedule and checks what must hold for every simulation. */
public final class CheckedSink implements ScheduleSink {
    public final List<VcpuInterval> intervals = new ArrayList<>();
    public final List<VmExit> exits = new ArrayList<>();
    public final List<SpinEpisode> episodes = new ArrayList<>();
    public final List<DirectedYield> yields = new ArrayList<>();
    public final List<Wait> waits = new ArrayList<>();
    public final List<Ipi> ipis = new ArrayList<>();
    public final List<Wakeup> wakeups = new ArrayList<>();
    public final List<Object> rows = new ArrayList<>();

    record ContextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {}

    @Override
    public void interval(VcpuInterval interval) {
        intervals.add(interval);
        rows.add(interval);
    }

    @Override
    public void vmExit(VmExit exit) {
        exits.add(exit);
        rows.add(exit);
    }

    @Override
    public void episode(SpinEpisode episode) {
        episodes.add(episode);
        rows.add(episode);
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        yields.add(yielded);
        rows.add(yielded);
    }

    @Override
    public void waited(Wait wait) {
        waits.add(wait);
        rows.add(wait);
    }

    @Override
    public void ipi(Ipi ipi) {
        ipis.add(ipi);
        rows.add(ipi);
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        wakeups.add(wakeup);
        rows.add(wakeup);
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        rows.add(new ContextSwitch(pcpu, timeNs, prevTid, nextTid));
    }

    /** Total time a vCPU spent in a state. */
    public long timeIn(int vcpu, VcpuState state) {
        return intervals.stream()
                .filter(i -> i.vcpu() == vcpu && i.state() == state)
                .mapToLong(VcpuInterval::durationNs)
                .sum();
    }

    /** The longest unbroken time any vCPU waited for a pCPU. */
    public long longestSteal() {
        long longest = 0;
        long[] since =
                new long[intervals.stream().mapToInt(VcpuInterval::vcpu).max().orElse(0) + 1];
        for (VcpuInterval interval : intervals) {
            if (interval.state() == VcpuState.PREEMPTED || interval.state() == VcpuState.WAITING) {
                longest = Math.max(longest, interval.endNs() - since[interval.vcpu()]);
            } else {
                since[interval.vcpu()] = interval.endNs();
            }
        }
        return longest;
    }

    /** Time vCPUs spent on pCPUs, all together. */
    public long onCpuNs() {
        return intervals.stream()
                .filter(CheckedSink::onCpu)
                .mapToLong(VcpuInterval::durationNs)
                .sum();
    }

    private static boolean onCpu(VcpuInterval interval) {
        return switch (interval.state()) {
            case GUEST, SPINNING, HOST, HALT_POLL -> true;
            case PREEMPTED, WAITING, BLOCKED, UNKNOWN -> false;
        };
    }

    /** Checks the whole schedule of a workload against its summary. */
    public void check(Workload work, SimulationSummary summary) {
        check(summary);
        for (int v = 0; v < work.vcpuCount(); v++) {
            SimulationSummary.VcpuOutcome outcome = summary.vcpus().get(v);
            long total = work.work(v).totalWorkNs();
            assertThat(outcome.workNs()).as("work of vCPU %d", v).isBetween(0L, total);
            if (outcome.finished()) {
                assertThat(outcome.workNs()).as("all work done").isEqualTo(total);
            }
        }
    }

    /** Checks the whole schedule of any software against its summary. */
    public void check(SimulationSummary summary) {
        long[] reached = new long[summary.vcpus().size()];
        long[][] spent = new long[reached.length][VcpuState.values().length];
        for (VcpuInterval interval : intervals) {
            int vcpu = interval.vcpu();
            require(interval.startNs() == reached[vcpu], "does not touch the one before", interval);
            require(interval.origin() == Origin.SYNTHETIC, "is not simulated", interval);
            reached[vcpu] = interval.endNs();
            spent[vcpu][interval.state().ordinal()] += interval.durationNs();
        }
        for (int v = 0; v < reached.length; v++) {
            // Touching intervals that reach the end: steal + run + blocked = elapsed.
            assertThat(reached[v]).as("intervals of vCPU %d reach the end", v).isEqualTo(summary.elapsedNs());
            checkVcpu(v, spent[v], summary.vcpus().get(v));
        }
        checkPcpus();
        checkRows(summary.elapsedNs());
    }

    private void checkVcpu(int vcpu, long[] spent, SimulationSummary.VcpuOutcome outcome) {
        long spin = spent[VcpuState.SPINNING.ordinal()];
        long guest = spent[VcpuState.GUEST.ordinal()];
        long steal = spent[VcpuState.PREEMPTED.ordinal()] + spent[VcpuState.WAITING.ordinal()];
        assertThat(spin).as("spin time of vCPU %d", vcpu).isEqualTo(outcome.spinNs());
        assertThat(spin + guest).as("guest time of vCPU %d", vcpu).isEqualTo(outcome.guestNs());
        assertThat(guest).as("guest time holds work, vCPU %d", vcpu).isGreaterThanOrEqualTo(outcome.workNs());
        assertThat(steal).as("steal time of vCPU %d", vcpu).isEqualTo(outcome.stealNs());
        long pauses = exits.stream()
                .filter(e -> e.vcpu() == vcpu && e.reason().isPause())
                .count();
        assertThat(pauses).as("PLE exits of vCPU %d", vcpu).isEqualTo(outcome.pauseExits());
        assertThat(outcome.yieldsSucceeded()).isBetween(0L, outcome.yieldsAttempted());
    }

    /** No two vCPUs on one pCPU at once, and none runs nowhere. */
    private void checkPcpus() {
        List<VcpuInterval> running = intervals.stream()
                .filter(CheckedSink::onCpu)
                .sorted(Comparator.comparingInt(VcpuInterval::pcpu).thenComparingLong(VcpuInterval::startNs))
                .toList();
        for (int i = 1; i < running.size(); i++) {
            VcpuInterval before = running.get(i - 1);
            VcpuInterval after = running.get(i);
            require(after.pcpu() >= 0, "runs nowhere", after);
            boolean apart = before.pcpu() != after.pcpu() || after.startNs() >= before.endNs();
            require(apart, "shares its pCPU with another", after);
        }
    }

    private void checkRows(long elapsedNs) {
        assertThat(waits).hasSameSizeAs(episodes);
        assertThat(yields.size())
                .isEqualTo(exits.stream().filter(e -> e.reason().isPause()).count());
        assertThat(episodes.stream().mapToLong(SpinEpisode::pleExits).sum()).isEqualTo(yields.size());
        assertThat(episodes.stream().map(SpinEpisode::id).distinct().count()).isEqualTo(episodes.size());
        for (VmExit exit : exits) {
            require(exit.exitNs() >= 0 && exit.exitNs() <= elapsedNs, "exits outside the run", exit);
            boolean inOrder = exit.entryNs() < 0 || (exit.entryNs() >= exit.exitNs() && exit.entryNs() <= elapsedNs);
            require(inOrder, "enters before it exits or after the run", exit);
        }
    }

    /** A plain check, for schedules have a hundred thousand rows. */
    private static void require(boolean holds, String otherwise, Object row) {
        if (!holds) {
            throw new AssertionError(row + " " + otherwise);
        }
    }
}
