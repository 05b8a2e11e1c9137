package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.replay.engine.CheckedSink;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.engine.Workloads;
import plescope.replay.model.CpuSet;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/** What must hold of replays of changed experiments. */
class ReplayedChangesTest {
    private static final long SPAN = 200_000_000;

    private static Experiment overcommitted(String setting) {
        return new Experiment(Workloads.random(11, 2, 3, 60, SPAN), Workloads.host(2), Setting.parse(setting));
    }

    private static CheckedSink rows(Experiment experiment) {
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = experiment.run(3, sink);
        sink.check(experiment.work(), summary);
        return sink;
    }

    /** On two pCPUs EEVDF of 6.12 has a base slice of 2 x 0.75 ms. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eevdf-6.12+p2021",
                "scheduler=eevdf-6.12; cgroup=flat",
                "pcpus=2; smt=1; llc=2; numa=2; hz=250",
                "pin=none",
                "pin=vm0:0-1",
                "cpu.weight=vm0:100; cpu.max=vm1:max",
                "halt_poll_ns=200000; halt_poll_ns_grow=2; halt_poll_ns_grow_start=10000; halt_poll_ns_shrink=2",
                "ple_gap=128; ple_window=4096; ple_window_grow=2; ple_window_shrink=0; ple_unit_ps=500",
                "features=WAKEUP_PREEMPTION,RUN_TO_PARITY,PLACE_LAG,NO_NEXT_BUDDY",
                "base_slice_ns=1500000; migration_cost_ns=500000",
                "costs=x1",
                "add=copy of vm0; remove=vm2",
                "add=burner:2; remove=vm2"
            })
    void aChangeThatChangesNothingLeavesEveryRow(String text) {
        Experiment identity = overcommitted("eevdf-6.12+p2021");
        assertThat(rows(WhatIf.parse(text).apply(identity)).rows.equals(rows(identity).rows))
                .isTrue();
    }

    /** The same rows mean something: each of these shows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cfs-6.1",
                "cgroup=vm; cpu.weight=vm0:300",
                "cgroup=vm; cpu.max=vm0:20000",
                "pcpus=3",
                "hz=1000",
                "pin=pools",
                "ple_gap=0",
                "ple_window=65536",
                "features=NO_PLACE_LAG",
                "base_slice_ns=300000",
                "costs=x2",
                "add=copy of vm0",
                "add=burner:1",
                "remove=vm1"
            })
    void aChangeShows(String text) {
        Experiment identity = overcommitted("eevdf-6.12+p2021");
        assertThat(rows(WhatIf.parse(text).apply(identity)).rows.equals(rows(identity).rows))
                .isFalse();
    }

    @Test
    void whatIsPinnedRunsOnItsPcpusOnly() {
        Experiment pinned = WhatIf.parse("pcpus=4; pin=vm0:0-1,vm1/vcpu2:3").apply(overcommitted("eevdf-6.12+p2021"));
        List<VcpuInterval> ran = rows(pinned).intervals.stream()
                .filter(i -> i.state() == VcpuState.GUEST || i.state() == VcpuState.SPINNING)
                .toList();
        assertThat(ran).hasSizeGreaterThan(100);
        for (VcpuInterval interval : ran) {
            CpuSet allowed =
                    interval.vcpu() < 3 ? CpuSet.first(2) : interval.vcpu() == 5 ? CpuSet.of(3) : CpuSet.first(4);
            assertThat(allowed.contains(interval.pcpu())).isTrue();
        }
    }

    @Test
    void withoutAVmTheOthersRunAsIfItHadNeverBeen() {
        Workload both = Workloads.convoy(2, 3, 400, 8_000, 40_000, SPAN);
        Workload alone = Workloads.convoy(1, 3, 400, 8_000, 40_000, SPAN);
        Setting setting = Setting.parse("cfs-6.1+p2019");
        CheckedSink expected = rows(new Experiment(alone, Workloads.host(2), setting));
        Experiment shared = new Experiment(both, Workloads.host(2), setting);
        CheckedSink first = rows(WhatIf.parse("remove=vm1").apply(shared));
        assertThat(first.rows.equals(expected.rows)).isTrue();
        // The other VM does the same under other thread ids, which only switches name.
        CheckedSink second = rows(WhatIf.parse("remove=vm0").apply(shared));
        assertThat(second.intervals).isEqualTo(expected.intervals);
    }

    /** Free host work and no PLE: then the pCPUs' tick phases make no difference. */
    @Test
    void aCopyDoesWhatItsTwinDoesOnAMatchedHost() {
        for (Workload work : List.of(
                Workloads.convoy(1, 2, 400, 8_000, 40_000, SPAN),
                Workloads.broadcast(1, 2, 400, 40_000, SPAN),
                Workloads.haltingPairs(1, 1, 400, 40_000, SPAN))) {
            Experiment one = new Experiment(work, Workloads.host(2), Setting.parse("cfs-6.1+no-ple"));
            Experiment two = WhatIf.parse("pcpus=4; costs=x0; add=copy of vm0;"
                            + "pin=vm0/vcpu0:0,vm0/vcpu1:1,vm1/vcpu0:2,vm1/vcpu1:3")
                    .apply(one);
            CheckedSink sink = rows(two);
            for (int v = 0; v < 2; v++) {
                for (VcpuState state : VcpuState.values()) {
                    assertThat(sink.timeIn(v + 2, state)).as("%d %s", v, state).isEqualTo(sink.timeIn(v, state));
                }
                assertThat(sink.timeIn(v, VcpuState.GUEST)).isPositive();
            }
        }
    }

    /** Three busy threads on one pCPU: a burner takes a third from each of two computing vCPUs' shares. */
    @Test
    void aBurnerTakesItsFairShare() {
        Experiment two = new Experiment(
                Workloads.computing(2, 1, SPAN, SPAN), Workloads.host(1), Setting.parse("cfs-6.1+p2019"));
        CheckedSink sink = rows(WhatIf.parse("add=burner:1").apply(two));
        for (int v = 0; v < 3; v++) {
            assertThat(sink.timeIn(v, VcpuState.GUEST)).isBetween(SPAN * 30 / 100, SPAN * 36 / 100);
        }
    }
}
