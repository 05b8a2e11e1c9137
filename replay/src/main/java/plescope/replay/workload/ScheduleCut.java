package plescope.replay.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Residual;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/**
 * Passes on what lies in a stretch of time, as if nothing else had been recorded; times count from its begin. What crosses a border
 * loses its other end: such waits, IPIs and releases are open, and counted.
 */
public final class ScheduleCut implements ScheduleSink {
    private final long fromNs;
    private final long toNs;
    private final ScheduleSink out;
    private final BitSet kept = new BitSet();

    /** By vCPU, the deadline it armed last before the begin; where set in {@code armed}, not told yet. */
    private long[] deadlines = new long[0];

    private final BitSet armed = new BitSet();
    private long opened;
    private long begunBefore;

    /** A cut from {@code fromNs} on; {@code toNs} is not part of it. */
    public ScheduleCut(long fromNs, long toNs, ScheduleSink out) {
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.out = out;
    }

    /** Edges between what is inside and what is not. */
    public long opened() {
        return opened;
    }

    /** Of those, waits and IPIs that began before the stretch: the stretch before it counts them, too. */
    public long begunBefore() {
        return begunBefore;
    }

    private boolean holds(long timeNs) {
        return timeNs >= fromNs && timeNs < toNs;
    }

    @Override
    public void interval(VcpuInterval interval) {
        long start = Math.max(interval.startNs(), fromNs);
        long end = Math.min(interval.endNs(), toNs);
        if (end > start || (interval.durationNs() == 0 && holds(start))) {
            armedBefore(interval.vcpu());
            out.interval(new VcpuInterval(
                    interval.vcpu(),
                    interval.state(),
                    interval.pcpu(),
                    start - fromNs,
                    end - fromNs,
                    interval.origin()));
        }
    }

    /** An exit that is being handled at the begin is kept, so that halts go on. */
    @Override
    public void vmExit(VmExit exit) {
        if (exit.exitNs() >= toNs || (exit.exitNs() < fromNs && exit.entryNs() <= fromNs)) {
            return;
        }
        boolean begins = exit.exitNs() >= fromNs;
        boolean guestRunInside = begins && exit.exitNs() - exit.guestNs() >= fromNs;
        out.vmExit(new VmExit(
                exit.vcpu(),
                exit.pcpu(),
                Math.max(exit.exitNs(), fromNs) - fromNs,
                exit.entryNs() < 0 || exit.entryNs() >= toNs ? -1 : exit.entryNs() - fromNs,
                exit.reason(),
                exit.guestRip(),
                guestRunInside ? exit.guestNs() : -1,
                exit.window(),
                exit.line()));
    }

    /** A wait of which one end is outside is left out: how long it took is not known inside. */
    @Override
    public void episode(SpinEpisode episode) {
        if (episode.startNs() >= fromNs && episode.endNs() <= toNs) {
            kept.set((int) episode.id());
            out.episode(new SpinEpisode(
                    episode.id(),
                    episode.vcpu(),
                    episode.startNs() - fromNs,
                    episode.endNs() - fromNs,
                    episode.pleExits(),
                    episode.spinNs(),
                    episode.guestRip(),
                    episode.end(),
                    episode.origin(),
                    episode.firstLine(),
                    episode.lastLine()));
        } else if (episode.endNs() > fromNs && episode.startNs() < toNs) {
            opened++;
            begunBefore += episode.startNs() < fromNs ? 1 : 0;
        }
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        if (kept.get((int) yielded.episode())) {
            out.directedYield(new DirectedYield(
                    yielded.episode(),
                    yielded.spinner(),
                    yielded.pcpu(),
                    yielded.exitNs() - fromNs,
                    yielded.outcome(),
                    yielded.successorVcpu(),
                    yielded.successorTid(),
                    yielded.offCpuNs(),
                    yielded.backBeforeProgress(),
                    yielded.hitCulprit(),
                    yielded.target(),
                    yielded.sameQueue(),
                    yielded.continuation(),
                    yielded.line()));
        }
    }

    @Override
    public void waited(Wait wait) {
        if (!kept.get((int) wait.episode())) {
            return;
        }
        List<Wait.Candidate> candidates = new ArrayList<>(wait.candidates().size());
        for (Wait.Candidate candidate : wait.candidates()) {
            long release = candidate.releaseNs();
            boolean outside = release >= 0 && (release < fromNs || release > toNs);
            opened += outside ? 1 : 0;
            candidates.add(new Wait.Candidate(
                    candidate.vcpu(),
                    candidate.probability(),
                    release < 0 ? -1 : Math.min(Math.max(release, fromNs), toNs) - fromNs,
                    residual(candidate.residual())));
        }
        out.waited(new Wait(
                wait.episode(),
                wait.cause(),
                wait.causeProbability(),
                wait.evidence(),
                candidates,
                wait.trail(),
                wait.queue(),
                wait.receivers().stream().map(this::receiver).toList(),
                wait.heldUp()));
    }

    /** Counted from a return before the cut, it says nothing inside. */
    private Residual residual(Residual whole) {
        return whole.fromNs() < fromNs
                ? Residual.UNKNOWN
                : new Residual(whole.fromNs() - fromNs, whole.leastNs(), whole.likelyNs(), whole.mostNs());
    }

    private Wait.Receiver receiver(Wait.Receiver whole) {
        return new Wait.Receiver(whole.vcpu(), holds(whole.handledNs()) ? whole.handledNs() - fromNs : -1);
    }

    @Override
    public void ipi(Ipi ipi) {
        boolean answered = ipi.ackNs() >= 0 && ipi.ackNs() < toNs;
        if (holds(ipi.sentNs())) {
            opened += ipi.ackNs() >= toNs ? 1 : 0;
            out.ipi(new Ipi(
                    ipi.sender(),
                    ipi.receiver(),
                    ipi.vector(),
                    ipi.sentNs() - fromNs,
                    answered ? ipi.ackNs() - fromNs : -1,
                    ipi.line(),
                    answered ? ipi.ackLine() : 0));
        } else if (ipi.sentNs() < fromNs && ipi.ackNs() >= fromNs) {
            opened++;
            begunBefore++;
        }
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        if (holds(wakeup.timeNs())) {
            out.wakeup(new Wakeup(
                    wakeup.vcpu(),
                    wakeup.timeNs() - fromNs,
                    wakeup.wakerTid(),
                    wakeup.wakerVcpu(),
                    wakeup.pcpu(),
                    wakeup.source(),
                    wakeup.line()));
        }
    }

    @Override
    public void wakeEdge(WakeEdge edge) {
        if (holds(edge.timeNs())) {
            out.wakeEdge(new WakeEdge(
                    edge.vcpu(),
                    edge.timeNs() - fromNs,
                    holds(edge.ranNs()) ? edge.ranNs() - fromNs : -1,
                    edge.source(),
                    edge.sender(),
                    edge.vector(),
                    edge.ipiLine()));
        }
    }

    /** The last one armed before the begin may ring inside. */
    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        if (timeNs < fromNs) {
            if (vcpu >= deadlines.length) {
                deadlines = Arrays.copyOf(deadlines, vcpu + 8);
            }
            deadlines[vcpu] = deadline;
            armed.set(vcpu);
        } else if (timeNs < toNs) {
            armedBefore(vcpu);
            out.timerArmed(vcpu, timeNs - fromNs, deadline);
        }
    }

    /** Tells what a vCPU armed before the begin as armed at the begin. */
    private void armedBefore(int vcpu) {
        if (armed.get(vcpu)) {
            armed.clear(vcpu);
            out.timerArmed(vcpu, 0, deadlines[vcpu]);
        }
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        if (holds(timeNs)) {
            out.contextSwitch(pcpu, timeNs - fromNs, prevTid, nextTid);
        }
    }
}
