package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static plescope.replay.engine.ScriptedGuests.compute;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Topology;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;

/** What reaches guests of the scheduler's timers and of the host model: quotas, shares, topology. */
class SchedulerOnHostTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int HZ = 250;

    /** Run time counts from one tick to the next. */
    private static final long TICK_NS = SECOND / HZ;

    private final CheckedSink sink = new CheckedSink();

    private SimulationSummary run(
            ScriptedGuests guests, Topology topology, List<Integer> home, String setting, Cgroup... cgroups) {
        HostModel host = new HostModel(
                topology,
                List.of(),
                home,
                HZ,
                HostCosts.DEFAULT,
                PleHardware.VMX_DEFAULT,
                Kvm.DEFAULT,
                List.of(cgroups));
        SimulationSummary summary = HostSimulator.run(guests, host, Setting.parse(setting), SECOND, 1, sink);
        sink.check(summary);
        return summary;
    }

    private long stateNs(int vcpu, VcpuState state) {
        return sink.intervals.stream()
                .filter(interval -> interval.vcpu() == vcpu && interval.state() == state)
                .mapToLong(interval -> interval.endNs() - interval.startNs())
                .sum();
    }

    private long onPcpuNs(int vcpu) {
        return stateNs(vcpu, VcpuState.GUEST) + stateNs(vcpu, VcpuState.HOST);
    }

    private static Cgroup quota(long quotaNs) {
        return new Cgroup(1024, quotaNs, 100 * MS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+cgroup-vm", "eevdf-6.12+cgroup-vm-vcpu", "eevdf-6.18+cgroup-systemd"})
    void halfAQuotaIsHalfAPcpu(String setting) {
        ScriptedGuests guests = new ScriptedGuests(1).on(0, compute(10 * SECOND));
        run(guests, Topology.flat(1), List.of(), setting, quota(50 * MS));
        // 10 periods of 50 ms; what it overran, at most a tick, it owed to the next period. The rest it waits, ready to
        // run.
        assertThat(onPcpuNs(0)).isCloseTo(500 * MS, within(TICK_NS));
        assertThat(stateNs(0, VcpuState.PREEMPTED)).isCloseTo(500 * MS, within(TICK_NS));
        assertThat(sink.intervals.stream().filter(i -> i.state() == VcpuState.PREEMPTED))
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+cgroup-vm", "eevdf-6.12+cgroup-vm"})
    void aThrottledVmLeavesThePcpuToOthers(String setting) {
        ScriptedGuests guests =
                new ScriptedGuests(2, 1).on(0, compute(10 * SECOND)).on(1, compute(10 * SECOND));
        run(guests, Topology.flat(1), List.of(), setting, quota(25 * MS), Cgroup.DEFAULT);
        assertThat(onPcpuNs(0)).isCloseTo(250 * MS, within(TICK_NS));
        assertThat(onPcpuNs(1)).isCloseTo(750 * MS, within(TICK_NS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+cgroup-vm", "eevdf-6.12+cgroup-vm"})
    void aWakeUpWaitsForTheQuota(String setting) {
        // vCPU 1 has used up the quota by 24 ms; the timer of vCPU 0 rings at 60 ms, the next period begins at 100 ms.
        ScriptedGuests guests = new ScriptedGuests(2)
                .on(0, (cpus, vcpu) -> {
                    cpus.armTimer(vcpu, 60 * MS, 236, 0);
                    cpus.halt(vcpu);
                })
                .on(0, compute(10 * SECOND))
                .on(1, compute(10 * SECOND));
        run(guests, Topology.flat(1), List.of(), setting, quota(20 * MS));
        VcpuInterval waited = sink.intervals.stream()
                .filter(i -> i.vcpu() == 0 && i.state() == VcpuState.WAITING && i.startNs() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(waited.startNs()).isEqualTo(60 * MS);
        // The idle pCPU is kicked, which takes 1.5 us; CFS lets the sleeper run first, EEVDF perhaps the other until a
        // tick.
        assertThat(waited.endNs()).isBetween(100 * MS + 1_500, 100 * MS + 2 * TICK_NS);
        assertThat(onPcpuNs(0) + onPcpuNs(1)).isCloseTo(200 * MS, within(TICK_NS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-6.1+cgroup-vm", "eevdf-6.12+cgroup-vm"})
    void sharesDivideThePcpu(String setting) {
        ScriptedGuests guests =
                new ScriptedGuests(2, 1).on(0, compute(10 * SECOND)).on(1, compute(10 * SECOND));
        run(guests, Topology.flat(1), List.of(), setting, new Cgroup(3072, -1, 100 * MS), Cgroup.DEFAULT);
        // 3 : 1, within a slice.
        assertThat(onPcpuNs(0)).isCloseTo(750 * MS, within(3 * TICK_NS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cfs-5.6", "cfs-6.1", "eevdf-6.12", "eevdf-6.18"})
    void anIdleCoreGetsARunningThread(String setting) {
        // Two cores of two threads; both vCPUs start on the first core, each alone on its pCPU, so that nothing is
        // queued.
        ScriptedGuests guests =
                new ScriptedGuests(2, 1).on(0, compute(10 * SECOND)).on(1, compute(10 * SECOND));
        SimulationSummary summary = run(guests, new Topology(4, 2, 4, 4), List.of(0, 1), setting);
        long migrations =
                summary.vcpus().get(0).migrations() + summary.vcpus().get(1).migrations();
        assertThat(migrations).isEqualTo(1);
        assertThat(lastPcpu(0) / 2).isNotEqualTo(lastPcpu(1) / 2);
        assertThat(onPcpuNs(0) + onPcpuNs(1)).isCloseTo(2 * SECOND, within(TICK_NS));
    }

    private int lastPcpu(int vcpu) {
        int pcpu = -1;
        for (VcpuInterval interval : sink.intervals) {
            pcpu = interval.vcpu() == vcpu ? interval.pcpu() : pcpu;
        }
        return pcpu;
    }
}
