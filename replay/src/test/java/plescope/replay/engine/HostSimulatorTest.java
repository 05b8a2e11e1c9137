package plescope.replay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.CpuSet;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;
import plescope.replay.policy.Setting;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

class HostSimulatorTest {
    private static final long MS = 1_000_000;
    private static final String[] SETTINGS = {
        "cfs-5.6+p2019",
        "cfs-6.1+p2011",
        "cfs-6.1+p2021+debooster",
        "cfs-6.1+p2019+cgroup-vm",
        "cfs-6.1+no-ple",
        "eevdf-6.12+p2024",
        "eevdf-6.12+p2024+cgroup-vm-vcpu",
        "cfs-6.1+waitfor-oracle",
        "dedicated",
    };

    private static CheckedSink run(Workload work, HostModel host, String setting) {
        CheckedSink sink = new CheckedSink();
        sink.check(work, HostSimulator.run(work, host, Setting.parse(setting), 1, sink));
        return sink;
    }

    private static Workload oneVm(int[] ipiReceivers, long spanNs, VcpuWork.Builder... vcpus) {
        List<VcpuWork> work = new ArrayList<>();
        for (VcpuWork.Builder vcpu : vcpus) {
            work.add(vcpu.build());
        }
        return new Workload(Workloads.roster(1, vcpus.length), work, ipiReceivers, spanNs);
    }

    @Test
    void twoComputingVcpusShareOnePcpuEvenly() {
        for (String setting : new String[] {"cfs-6.1+p2019", "eevdf-6.12+p2024"}) {
            CheckedSink sink = run(Workloads.computing(1, 2, 1000 * MS, 1000 * MS), Workloads.host(1), setting);
            assertThat(sink.timeIn(0, VcpuState.GUEST)).isBetween(480 * MS, 520 * MS);
            assertThat(sink.timeIn(1, VcpuState.GUEST)).isBetween(480 * MS, 520 * MS);
        }
    }

    @Test
    void groupsShareByVmNotByVcpu() {
        // VM 0 has one busy vCPU, VM 1 has three (its others have no work): with a group per VM each VM gets half of
        // the pCPU.
        List<VcpuWork> work = new ArrayList<>();
        for (int v = 0; v < 6; v++) {
            work.add(new VcpuWork.Builder()
                    .compute(v == 0 || v >= 3 ? 4000 * MS : 0)
                    .build());
        }
        Workload workload = new Workload(Workloads.roster(2, 3), work, new int[0], 2000 * MS);
        for (String scheduler : new String[] {"cfs-6.1+p2019", "eevdf-6.12+p2024"}) {
            CheckedSink flat = run(workload, Workloads.host(1), scheduler);
            assertThat(flat.timeIn(0, VcpuState.GUEST)).isBetween(460 * MS, 540 * MS);
            for (String layout : new String[] {"+cgroup-vm", "+cgroup-vm-vcpu"}) {
                CheckedSink grouped = run(workload, Workloads.host(1), scheduler + layout);
                assertThat(grouped.timeIn(0, VcpuState.GUEST))
                        .as(scheduler + layout)
                        .isBetween(920 * MS, 1080 * MS);
            }
        }
    }

    /** Two vCPUs on their own pCPUs, costs of whole microseconds: every number below is worked out by hand. */
    @Test
    void aSpinnerExitsWithAGrowingWindowUntilItsBlockerIsThrough() {
        HostCosts costs = new HostCosts(700, 3_000, 2_000, 2_000, 1_500, 1_500, 2_000, 0, 0);
        // Ticks at 10 Hz stay out of the way; window 4 us at the start.
        HostModel host = new HostModel(
                2, List.of(CpuSet.of(0), CpuSet.of(1)), 10, costs, new PleHardware(4096, 2, 0, 1 << 20, 1000));
        Workload work = oneVm(
                new int[0],
                MS,
                new VcpuWork.Builder().compute(30_000),
                new VcpuWork.Builder().add(StepKind.SPIN_UNTIL_WORK, 20_000, 0).compute(50_000));
        CheckedSink sink = run(work, host, "cfs-6.1+p2019");
        List<VmExit> pauses =
                sink.exits.stream().filter(e -> e.reason().isPause()).toList();
        // Woken by the IPI at 1.5 us and switched in until 3.5 us, both. Window 4.096 us, exit 3 us, window 8.192 us,
        // exit 3 us:
        // exits at 7.596 and 18.788 us, back in the guest at 21.788; the blocker is through at 23.5 us.
        assertThat(pauses).extracting(VmExit::exitNs).containsExactly(7_596L, 18_788L);
        assertThat(pauses).extracting(VmExit::entryNs).containsExactly(10_596L, 21_788L);
        assertThat(pauses).extracting(VmExit::window).containsExactly(4096, 8192);
        assertThat(sink.episodes).hasSize(1);
        assertThat(sink.episodes.get(0).startNs()).isEqualTo(3_500);
        assertThat(sink.episodes.get(0).endNs()).isEqualTo(23_500);
        // 4,096 + 8,192 + (23,500 - 21,788)
        assertThat(sink.episodes.get(0).spinNs()).isEqualTo(14_000);
        assertThat(sink.yields).allMatch(y -> y.outcome() == Outcome.NO_SWITCH && y.hitCulprit() == Tristate.NO);
        assertThat(sink.yields.get(0).backBeforeProgress()).isEqualTo(Tristate.YES);
        assertThat(sink.waits.get(0).cause()).isEqualTo(Wait.Cause.LOCK);
        assertThat(sink.waits.get(0).candidates()).containsExactly(new Wait.Candidate(0, 1.0, 23_500));
    }

    @Test
    void spinnerYieldsToPreemptedSibling() {
        // One pCPU: vCPU 0 spins for each further millisecond of work of vCPU 1, which can run only if it gives way.
        VcpuWork.Builder spinner = new VcpuWork.Builder();
        for (int i = 1; i <= 30; i++) {
            spinner.add(StepKind.SPIN_UNTIL_WORK, i * MS, 1);
        }
        Workload work = oneVm(new int[0], 100 * MS, spinner.compute(MS), new VcpuWork.Builder().compute(100 * MS));
        CheckedSink sink = run(work, Workloads.host(1), "cfs-6.1+p2019");
        assertThat(sink.yields)
                .filteredOn(y -> y.outcome() == Outcome.SIBLING)
                .isNotEmpty()
                .allMatch(y -> y.successorVcpu() == 1 && y.successorTid() == 1001)
                .allMatch(y -> y.hitCulprit() == Tristate.YES && y.offCpuNs() > 0);
        assertThat(sink.episodes).isNotEmpty();
    }

    /** Sender and receiver on pCPUs of their own: kick 1.5 us, exit 0.7 us, handler 2 us. */
    @Test
    void anIpiIsAcknowledgedAfterKickExitAndHandler() {
        HostModel host =
                new HostModel(2, List.of(CpuSet.of(0), CpuSet.of(1)), 10, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        Workload work = oneVm(
                new int[] {1},
                MS,
                new VcpuWork.Builder()
                        .compute(10_000)
                        .add(StepKind.SEND_IPI, 0, 0)
                        .add(StepKind.SPIN_UNTIL_ACKED, 1, 0)
                        .compute(MS),
                new VcpuWork.Builder().compute(10 * MS));
        CheckedSink sink = run(work, host, "cfs-6.1+no-ple");
        assertThat(sink.ipis).hasSize(1);
        // Both start at 3.5 us; sent at 13.5; 13.5 + 1.5 + 0.7 + 2.0
        assertThat(sink.ipis.get(0).sentNs()).isEqualTo(13_500);
        assertThat(sink.ipis.get(0).ackNs()).isEqualTo(17_700);
        assertThat(sink.timeIn(0, VcpuState.SPINNING)).isEqualTo(4_200);
    }

    @Test
    void anIpiWakesAHaltedVcpuWhichAcknowledgesAndHaltsAgain() {
        HostModel host =
                new HostModel(2, List.of(CpuSet.of(0), CpuSet.of(1)), 10, HostCosts.DEFAULT, PleHardware.VMX_DEFAULT);
        Workload work = oneVm(
                new int[] {1},
                MS,
                new VcpuWork.Builder()
                        .compute(100_000)
                        .add(StepKind.SEND_IPI, 0, 0)
                        .add(StepKind.SPIN_UNTIL_ACKED, 1, 0)
                        .compute(MS),
                new VcpuWork.Builder()
                        .add(StepKind.HALT_UNTIL_TIME, 900_000, -1)
                        .compute(MS));
        CheckedSink sink = run(work, host, "cfs-6.1+no-ple");
        // Sent at 103.5 us; the idle pCPU sees it 1.5 us later, switches in for 2 us, the handler takes 2 us.
        assertThat(sink.ipis.get(0).ackNs()).isEqualTo(109_000);
        assertThat(sink.wakeups).extracting(Wakeup::source).startsWith(Wakeup.Source.SIBLING);
        assertThat(sink.exits).filteredOn(e -> e.reason().isHalt()).hasSizeGreaterThanOrEqualTo(2);
        // The handler alone counts as guest time before the timer lets it go on.
        assertThat(sink.intervals)
                .anyMatch(i -> i.vcpu() == 1 && i.state() == VcpuState.GUEST && i.durationNs() == 2_000);
    }

    @Test
    void hostStepsTakeTheirTimeAndKeepTheirFamily() {
        Workload work = oneVm(
                new int[0],
                MS,
                new VcpuWork.Builder()
                        .compute(10_000)
                        .add(StepKind.HOST, 25_000, Family.IO.ordinal())
                        .compute(10_000));
        CheckedSink sink = run(work, Workloads.host(1), "cfs-6.1+p2019");
        VmExit exit = sink.exits.stream()
                .filter(e -> e.reason().family() == Family.IO)
                .findFirst()
                .orElseThrow();
        assertThat(exit.entryNs() - exit.exitNs()).isEqualTo(25_000);
        assertThat(exit.guestNs()).isEqualTo(10_000);
    }

    @Test
    void theFirstBusyVcpuToFinishEndsTheRun() {
        Workload work = oneVm(
                new int[0],
                1000 * MS,
                new VcpuWork.Builder().compute(MS),
                new VcpuWork.Builder().compute(10 * MS),
                new VcpuWork.Builder().compute(100 * MS));
        SimulationSummary summary =
                HostSimulator.run(work, Workloads.host(4), Setting.parse("cfs-6.1"), 1, new CheckedSink());
        // 1 ms is below 5 % of 100 ms, 10 ms is not.
        assertThat(summary.endedBy()).isEqualTo(1);
        assertThat(summary.vcpus().get(0).finished()).isTrue();
        assertThat(summary.elapsedNs()).isBetween(10 * MS, 11 * MS);
    }

    @Test
    void aRingOfSpinnersIsCutAndCounted() {
        Workload work = oneVm(
                new int[0],
                100 * MS,
                new VcpuWork.Builder().add(StepKind.SPIN_UNTIL_WORK, MS, 1).compute(50 * MS),
                new VcpuWork.Builder().add(StepKind.SPIN_UNTIL_WORK, MS, 0).compute(50 * MS));
        SimulationSummary summary =
                HostSimulator.run(work, Workloads.host(2), Setting.parse("cfs-6.1"), 1, new CheckedSink());
        assertThat(summary.brokenEdges()).isEqualTo(1);
        assertThat(summary.endedBy()).isGreaterThanOrEqualTo(0);
    }

    /** vCPU 1 spins for an IPI that vCPU 0 sends only behind its wait for vCPU 1: no ring of work offsets, yet stuck. */
    @Test
    void spinnersThatCanNeverGoOnAreCutByTheWatchdog() {
        Workload work = oneVm(
                new int[] {1},
                3000 * MS,
                new VcpuWork.Builder()
                        .add(StepKind.SPIN_UNTIL_WORK, MS, 1)
                        .add(StepKind.SEND_IPI, 0, 0)
                        .compute(MS),
                new VcpuWork.Builder().add(StepKind.SPIN_UNTIL_ACKED, 1, 0).compute(20 * MS));
        SimulationSummary summary =
                HostSimulator.run(work, Workloads.host(2), Setting.parse("cfs-6.1"), 1, new CheckedSink());
        assertThat(summary.brokenEdges()).isEqualTo(1);
        assertThat(summary.vcpus().get(0).finished()).isTrue();
    }

    @Test
    void vcpusHaltedForEachOthersIpisAreLetGoOneByOne() {
        // 0 halts for IPI 0 from 1, which halts for IPI 1 from 0.
        Workload work = oneVm(
                new int[] {0, 1},
                3000 * MS,
                new VcpuWork.Builder()
                        .add(StepKind.HALT_UNTIL_IPI, 0, 0)
                        .add(StepKind.SEND_IPI, 0, 1)
                        .compute(MS),
                new VcpuWork.Builder()
                        .add(StepKind.HALT_UNTIL_IPI, 0, 1)
                        .add(StepKind.SEND_IPI, 0, 0)
                        .compute(MS));
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, Workloads.host(2), Setting.parse("eevdf-6.12"), 1, sink);
        sink.check(work, summary);
        assertThat(summary.brokenEdges()).isEqualTo(1);
        assertThat(summary.totalWorkNs()).isGreaterThan(MS);
    }

    /** vCPU 1 halts after 0.5 ms, 0.5 ms of work before the offset that vCPU 0 waits for: whoever halts holds no spinlock. */
    @Test
    void haltedVcpuKeepsNobodySpinning() {
        for (long spinnerStartsNs : new long[] {1, 3 * MS}) {
            Workload work = oneVm(
                    new int[0],
                    60 * MS,
                    new VcpuWork.Builder()
                            .compute(spinnerStartsNs)
                            .add(StepKind.SPIN_UNTIL_WORK, MS, 1)
                            .compute(20 * MS),
                    new VcpuWork.Builder()
                            .compute(MS / 2)
                            .add(StepKind.HALT_UNTIL_TIME, 50 * MS, -1)
                            .compute(20 * MS));
            CheckedSink sink = run(work, Workloads.host(2), "cfs-6.1+p2019");
            assertThat(sink.timeIn(0, VcpuState.SPINNING)).isLessThan(MS);
            assertThat(sink.timeIn(0, VcpuState.GUEST)).isGreaterThan(19 * MS);
        }
    }

    @Test
    void withoutOvercommitPoliciesAreInertToTheNanosecond() {
        Workload work = Workloads.convoy(2, 4, 2_000, 8_000, 40_000, 200 * MS);
        List<Object> baseline = run(work, Workloads.host(8), "cfs-6.1+p2019").rows;
        for (String other : new String[] {"cfs-6.1+p2011", "cfs-6.1+p2021{apicv=1}", "cfs-6.1+p2019+debooster"}) {
            assertThat(run(work, Workloads.host(8), other).rows).as(other).isEqualTo(baseline);
        }
    }

    @Test
    void sideBySideRunsDoNotDisturbEachOther() {
        Workload work = Workloads.random(11, 2, 4, 300, 300 * MS);
        List<Object> cfs = run(work, Workloads.host(2), "cfs-6.1+p2019").rows;
        List<Object> eevdf = run(work, Workloads.host(2), "eevdf-6.12+p2024").rows;
        CompletableFuture<CheckedSink> one =
                CompletableFuture.supplyAsync(() -> run(work, Workloads.host(2), "cfs-6.1+p2019"));
        CompletableFuture<CheckedSink> two =
                CompletableFuture.supplyAsync(() -> run(work, Workloads.host(2), "eevdf-6.12+p2024"));
        assertThat(one.join().rows).isEqualTo(cfs);
        assertThat(two.join().rows).isEqualTo(eevdf);
    }

    @Test
    void randomWorkloadsNeitherDeadlockNorLoseWork() {
        for (long seed = 0; seed < 6; seed++) {
            Workload work = Workloads.random(seed, 2, 3, 60, 1000 * MS);
            for (String setting : SETTINGS) {
                CheckedSink sink = run(work, Workloads.host(2), setting);
                assertThat(sink.rows).as("seed %d, %s", seed, setting).isNotEmpty();
            }
        }
    }

    @Test
    void aHaltThatIsOverBeforeItsFirstHandlerIsThroughGoesOn() {
        // Both in guest mode at 3.5 us. vCPU 1 interrupts itself at 13.5, so that it halts with a handler under way
        // until 15.5.
        // What it halts for is sent at 13.6 and comes by a kick at 15.1; entry at 15.8, where the halt is over.
        VcpuWork.Builder sender = new VcpuWork.Builder().compute(10_100).add(StepKind.SEND_IPI, 0, 0);
        VcpuWork.Builder halting = new VcpuWork.Builder()
                .compute(10_000)
                .add(StepKind.SEND_IPI, 0, 1)
                .add(StepKind.HALT_UNTIL_IPI, 0, 0)
                .compute(100_000);
        Workload work = oneVm(new int[] {1, 1}, MS, sender.compute(MS), halting);
        CheckedSink sink = new CheckedSink();
        SimulationSummary summary = HostSimulator.run(work, Workloads.host(2), Setting.parse("cfs-5.6+p2019"), 1, sink);
        sink.check(work, summary);
        assertThat(summary.vcpus().get(1).finished()).isTrue();
        assertThat(summary.vcpus().get(1).halts())
                .as("only the last, with all done")
                .isEqualTo(1);
        assertThat(summary.elapsedNs()).isEqualTo(115_800);
    }
}
