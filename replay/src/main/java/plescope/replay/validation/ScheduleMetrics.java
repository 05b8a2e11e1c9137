package plescope.replay.validation;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

/**
 * Adds up a schedule as it passes. Recorded and simulated schedules go through this same class, so that their difference is a
 * difference of schedules and never of definitions.
 */
public final class ScheduleMetrics implements ScheduleSink {
    private final List<VcpuSums> vcpus = new ArrayList<>();
    private long contextSwitches;

    private static final class VcpuSums {
        final long[] ns = new long[VcpuState.values().length];
        long pleExits;
        long siblingYields;
        long rightYields;
        long episodes;

        long in(VcpuState state) {
            return ns[state.ordinal()];
        }
    }

    private VcpuSums of(int vcpu) {
        while (vcpus.size() <= vcpu) {
            vcpus.add(new VcpuSums());
        }
        return vcpus.get(vcpu);
    }

    @Override
    public void interval(VcpuInterval interval) {
        of(interval.vcpu()).ns[interval.state().ordinal()] += interval.durationNs();
    }

    @Override
    public void vmExit(VmExit exit) {
        if (exit.reason().isPause()) {
            of(exit.vcpu()).pleExits++;
        }
    }

    @Override
    public void episode(SpinEpisode episode) {
        of(episode.vcpu()).episodes++;
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        VcpuSums sums = of(yielded.spinner());
        if (yielded.outcome() == DirectedYield.Outcome.SIBLING) {
            sums.siblingYields++;
        }
        if (yielded.hitCulprit() == Tristate.YES) {
            sums.rightYields++;
        }
    }

    @Override
    public void waited(Wait wait) {
        // Causes are told apart in SQL, not in the metrics.
    }

    @Override
    public void ipi(Ipi ipi) {
        // As above.
    }

    @Override
    public void wakeup(Wakeup wakeup) {
        // As above.
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        contextSwitches++;
    }

    /** Context switches of the whole host. */
    public long contextSwitches() {
        return contextSwitches;
    }

    /** The sums of each VM of the roster, over a schedule of the given length. */
    public List<VmMetrics> perVm(Roster roster, long elapsedNs) {
        List<VmMetrics> metrics = new ArrayList<>();
        for (Roster.Vm vm : roster.vms()) {
            VcpuSums sum = new VcpuSums();
            for (int vcpu : roster.vcpusOf(vm.id())) {
                addTo(sum, of(vcpu));
            }
            metrics.add(new VmMetrics(
                    vm.id(),
                    elapsedNs,
                    sum.in(VcpuState.GUEST),
                    sum.in(VcpuState.SPINNING),
                    sum.in(VcpuState.HOST) + sum.in(VcpuState.HALT_POLL),
                    sum.in(VcpuState.PREEMPTED) + sum.in(VcpuState.WAITING),
                    sum.in(VcpuState.BLOCKED),
                    sum.in(VcpuState.UNKNOWN),
                    sum.pleExits,
                    sum.siblingYields,
                    sum.rightYields,
                    sum.episodes));
        }
        return metrics;
    }

    private static void addTo(VcpuSums sum, VcpuSums one) {
        for (int i = 0; i < sum.ns.length; i++) {
            sum.ns[i] += one.ns[i];
        }
        sum.pleExits += one.pleExits;
        sum.siblingYields += one.siblingYields;
        sum.rightYields += one.rightYields;
        sum.episodes += one.episodes;
    }
}
