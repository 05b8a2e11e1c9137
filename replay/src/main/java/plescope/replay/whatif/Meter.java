package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.workload.WorkTime;

/**
 * Measures a schedule, recorded or simulated by the same definitions, in bounded memory: neither its length nor its VMs need be known
 * before its end.
 *
 * <p>The first and last twentieth count as warm-up and cut and are left out, rounded up to whole slices of between 1/65 and 1/128 of
 * the schedule. Stretches of time count where they lie; exits, yields and IPIs where they begin; episodes where they end, those that
 * the end of the log or lost events cut off not at all.
 */
public final class Meter extends SelectiveSink {
    private final List<VcpuMeter> vcpus = new ArrayList<>();
    private final SwitchTally switches = new SwitchTally();
    private SpinEpisode lastEpisode;

    private VcpuMeter of(int vcpu) {
        while (vcpus.size() <= vcpu) {
            vcpus.add(new VcpuMeter());
        }
        return vcpus.get(vcpu);
    }

    @Override
    public void interval(VcpuInterval interval) {
        of(interval.vcpu()).interval(interval);
    }

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().isPause()) {
            of(exit.vcpu()).counts.add(VcpuMeter.PLE_EXITS, exit.exitNs(), 1);
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        lastEpisode = episode;
        if (episode.end() != SpinEpisode.End.UNKNOWN && episode.pleExits() > 0) {
            of(episode.vcpu()).bursts.add(episode.endNs(), episode.pleExits());
        }
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        SlicedCounts counts = of(yielded.spinner()).counts;
        switch (yielded.outcome()) {
            case SIBLING, OTHER_VM, OTHER_THREAD -> counts.add(VcpuMeter.YIELDED, yielded.exitNs(), 1);
            case NO_SWITCH, IDLE, UNKNOWN -> {
                // Nobody else is known to have run.
            }
        }
        if (yielded.hitCulprit() == Tristate.YES) {
            counts.add(VcpuMeter.YIELDED_RIGHT, yielded.exitNs(), 1);
        }
    }

    /** A wait follows its episode at once. */
    @Override
    public void waited(Wait wait) {
        SpinEpisode episode = lastEpisode;
        if (episode == null || episode.id() != wait.episode()) {
            return;
        }
        VcpuMeter vcpu = of(episode.vcpu());
        vcpu.counts.add(VcpuMeter.JUDGED_SPIN, episode.endNs(), episode.spinNs());
        if (wait.cause() == Wait.Cause.UNKNOWN) {
            vcpu.counts.add(VcpuMeter.UNKNOWN_SPIN, episode.endNs(), episode.spinNs());
        }
        boolean whole = episode.end() != SpinEpisode.End.UNKNOWN && episode.pleExits() > 0;
        if (whole && wait.cause() == Wait.Cause.LOCK) {
            vcpu.lockWaits.add(episode.endNs(), episode.endNs() - episode.startNs());
        }
    }

    @Override
    public void ipi(Ipi ipi) {
        if (ipi.ackNs() >= ipi.sentNs()) {
            of(ipi.receiver()).ipiWaits.add(ipi.sentNs(), ipi.ackNs() - ipi.sentNs());
        }
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        switches.add(nextTid, timeNs);
    }

    /**
     * What everything heard came to; call once, after the last row.
     *
     * @param endNs end of the schedule: recorded span, or simulated time
     */
    public Measures measures(Roster roster, long endNs) {
        return measures(roster, endNs, null);
    }

    /**
     * The same of a recording, whose rows do not tell all work from waiting.
     *
     * @param work of its guest time; the rest is spin. Null where intervals say it
     */
    public Measures measures(Roster roster, long endNs, WorkTime work) {
        if (!roster.vcpus().isEmpty()) {
            of(roster.vcpus().size() - 1);
        }
        return new MeasuredWindow(roster, vcpus, switches, endNs, work).measures();
    }
}
