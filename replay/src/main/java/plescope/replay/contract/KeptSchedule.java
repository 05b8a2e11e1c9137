package plescope.replay.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import plescope.replay.engine.SimulationSummary;
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

/** A whole schedule in memory, and what must hold for every simulation. Meant for short ones. */
public class KeptSchedule implements ScheduleSink {
    private final List<VcpuInterval> intervals = new ArrayList<>();
    private final List<VmExit> exits = new ArrayList<>();
    private final List<SpinEpisode> episodes = new ArrayList<>();
    private final List<DirectedYield> yields = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Ipi> ipis = new ArrayList<>();
    private final List<Wakeup> wakeups = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();

    /** After so many the schedule is known to be broken. */
    private static final int MOST_BREACHES = 20;

    private record ContextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {}

    @Override
    public final void interval(VcpuInterval interval) {
        intervals.add(interval);
        rows.add(interval);
    }

    @Override
    public final void vmExit(VmExit exit) {
        exits.add(exit);
        rows.add(exit);
    }

    @Override
    public final void episode(SpinEpisode episode) {
        episodes.add(episode);
        rows.add(episode);
    }

    @Override
    public final void directedYield(DirectedYield yielded) {
        yields.add(yielded);
        rows.add(yielded);
    }

    @Override
    public final void waited(Wait wait) {
        waits.add(wait);
        rows.add(wait);
    }

    @Override
    public final void ipi(Ipi ipi) {
        ipis.add(ipi);
        rows.add(ipi);
    }

    @Override
    public final void wakeup(Wakeup wakeup) {
        wakeups.add(wakeup);
        rows.add(wakeup);
    }

    @Override
    public final void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        rows.add(new ContextSwitch(pcpu, timeNs, prevTid, nextTid));
    }

    public final List<VcpuInterval> intervals() {
        return Collections.unmodifiableList(intervals);
    }

    public final List<VmExit> exits() {
        return Collections.unmodifiableList(exits);
    }

    public final List<SpinEpisode> episodes() {
        return Collections.unmodifiableList(episodes);
    }

    public final List<DirectedYield> yields() {
        return Collections.unmodifiableList(yields);
    }

    public final List<Wait> waits() {
        return Collections.unmodifiableList(waits);
    }

    public final List<Ipi> ipis() {
        return Collections.unmodifiableList(ipis);
    }

    public final List<Wakeup> wakeups() {
        return Collections.unmodifiableList(wakeups);
    }

    /** Everything in the order it came, context switches too: equal runs have equal rows. */
    public final List<Object> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Total time a vCPU spent in a state. */
    public final long timeIn(int vcpu, VcpuState state) {
        return intervals.stream()
                .filter(i -> i.vcpu() == vcpu && i.state() == state)
                .mapToLong(VcpuInterval::durationNs)
                .sum();
    }

    /** The longest unbroken time any vCPU waited for a pCPU. */
    public final long longestSteal() {
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
    public final long onCpuNs() {
        return intervals.stream()
                .filter(KeptSchedule::onCpu)
                .mapToLong(VcpuInterval::durationNs)
                .sum();
    }

    private static boolean onCpu(VcpuInterval interval) {
        return switch (interval.state()) {
            case GUEST, SPINNING, HOST, HALT_POLL -> true;
            case PREEMPTED, WAITING, BLOCKED, UNKNOWN -> false;
        };
    }

    /** What is wrong with the schedule of a workload, given its summary. */
    public final List<String> breaches(Workload work, SimulationSummary summary) {
        List<String> breaches = breaches(summary);
        for (int v = 0; v < work.vcpuCount(); v++) {
            SimulationSummary.VcpuOutcome outcome = summary.vcpus().get(v);
            long total = work.work(v).totalWorkNs();
            boolean whole = outcome.finished() ? outcome.workNs() == total : outcome.workNs() <= total;
            require(whole, "vCPU %d did %d ns of its %d ns of work", breaches, v, outcome.workNs(), total);
        }
        return breaches;
    }

    /** What is wrong with the schedule of any software, given its summary. */
    public final List<String> breaches(SimulationSummary summary) {
        List<String> breaches = new ArrayList<>();
        long[] reached = new long[summary.vcpus().size()];
        long[][] spent = new long[reached.length][VcpuState.values().length];
        for (VcpuInterval interval : intervals) {
            int vcpu = interval.vcpu();
            require(interval.startNs() == reached[vcpu], "%s does not touch the one before", breaches, interval);
            require(interval.origin() == Origin.SYNTHETIC, "%s is not simulated", breaches, interval);
            reached[vcpu] = interval.endNs();
            spent[vcpu][interval.state().ordinal()] += interval.durationNs();
        }
        for (int v = 0; v < reached.length; v++) {
            // Touching intervals that reach the end: steal + run + blocked = elapsed.
            require(reached[v] == summary.elapsedNs(), "intervals of vCPU %d end at %d ns", breaches, v, reached[v]);
            checkVcpu(v, spent[v], summary.vcpus().get(v), breaches);
        }
        checkPcpus(breaches);
        checkRows(summary.elapsedNs(), breaches);
        return breaches;
    }

    private void checkVcpu(int vcpu, long[] spent, SimulationSummary.VcpuOutcome outcome, List<String> breaches) {
        long spin = spent[VcpuState.SPINNING.ordinal()];
        long guest = spent[VcpuState.GUEST.ordinal()];
        long steal = spent[VcpuState.PREEMPTED.ordinal()] + spent[VcpuState.WAITING.ordinal()];
        long pauses = exits.stream()
                .filter(e -> e.vcpu() == vcpu && e.reason().isPause())
                .count();
        requireEqual("spin time", vcpu, spin, outcome.spinNs(), breaches);
        requireEqual("guest time", vcpu, spin + guest, outcome.guestNs(), breaches);
        requireEqual("steal time", vcpu, steal, outcome.stealNs(), breaches);
        requireEqual("PLE exits", vcpu, pauses, outcome.pauseExits(), breaches);
        require(guest >= outcome.workNs(), "vCPU %d did more work than it was in guest mode", breaches, vcpu);
        boolean possible = outcome.yieldsSucceeded() >= 0 && outcome.yieldsSucceeded() <= outcome.yieldsAttempted();
        require(possible, "vCPU %d succeeded in more yields than it tried", breaches, vcpu);
    }

    /** No two vCPUs on one pCPU at once, and none runs nowhere. */
    private void checkPcpus(List<String> breaches) {
        List<VcpuInterval> running = intervals.stream()
                .filter(KeptSchedule::onCpu)
                .sorted(Comparator.comparingInt(VcpuInterval::pcpu).thenComparingLong(VcpuInterval::startNs))
                .toList();
        for (int i = 1; i < running.size(); i++) {
            VcpuInterval before = running.get(i - 1);
            VcpuInterval after = running.get(i);
            require(after.pcpu() >= 0, "%s runs nowhere", breaches, after);
            boolean apart = before.pcpu() != after.pcpu() || after.startNs() >= before.endNs();
            require(apart, "%s shares its pCPU with another", breaches, after);
        }
    }

    private void checkRows(long elapsedNs, List<String> breaches) {
        long pauses = exits.stream().filter(e -> e.reason().isPause()).count();
        long inEpisodes = episodes.stream().mapToLong(SpinEpisode::pleExits).sum();
        long ids = episodes.stream().map(SpinEpisode::id).distinct().count();
        require(waits.size() == episodes.size(), "%d waits for %d episodes", breaches, waits.size(), episodes.size());
        require(yields.size() == pauses, "%d yields for %d PLE exits", breaches, yields.size(), pauses);
        require(inEpisodes == pauses, "%d of %d PLE exits are in episodes", breaches, inEpisodes, pauses);
        require(ids == episodes.size(), "%d ids for %d episodes", breaches, ids, episodes.size());
        for (VmExit exit : exits) {
            require(exit.exitNs() >= 0 && exit.exitNs() <= elapsedNs, "%s exits outside the run", breaches, exit);
            boolean inOrder = exit.entryNs() < 0 || (exit.entryNs() >= exit.exitNs() && exit.entryNs() <= elapsedNs);
            require(inOrder, "%s enters before it exits or after the run", breaches, exit);
        }
    }

    private static void requireEqual(String what, int vcpu, long rows, long summary, List<String> breaches) {
        require(rows == summary, "%s of vCPU %d is %d in rows, %d in the summary", breaches, what, vcpu, rows, summary);
    }

    private static void require(boolean holds, String breach, List<String> breaches, Object... details) {
        // Words are put together only where something is wrong: schedules have a hundred thousand rows.
        if (!holds && breaches.size() < MOST_BREACHES) {
            breaches.add(String.format(Locale.ROOT, breach, details));
        }
    }
}
