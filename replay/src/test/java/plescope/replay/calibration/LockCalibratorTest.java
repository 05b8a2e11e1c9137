package plescope.replay.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.Workloads;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.policy.Setting;
import plescope.replay.workload.LockModel;
import plescope.replay.workload.LockWaits;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;
import plescope.replay.workload.WorkloadExtractor;
import plescope.replay.workload.WorkloadLock;
import plescope.replay.workload.WorkloadLock.Discipline;

/** Two VMs of four vCPUs on two pCPUs, each VM with one lock; the calibrator sees only what a log would show. */
class LockCalibratorTest {
    private static final long SPAN_NS = 600_000_000;
    private static final Setting PLE = Setting.parse("cfs-6.1+p2019");
    private static final Setting NO_PLE = Setting.parse("cfs-6.1+no-ple");

    /** A PAUSE exit after 3000 iterations of 22 ns: 66 us. */
    private static final HostModel HOST =
            new HostModel(2, List.of(), 250, HostCosts.DEFAULT, new PleHardware(3_000, 2, 0, 0xffff, 22_000));

    /** Takings with think times between half and one and a half times the mean. */
    private static Workload work(Discipline discipline, int rounds, long heldNs, long thinkNs) {
        SplittableRandom random = new SplittableRandom(5);
        List<VcpuWork> work = new ArrayList<>();
        for (int vcpu = 0; vcpu < 8; vcpu++) {
            VcpuWork.Builder steps = new VcpuWork.Builder();
            for (int round = 0; round < rounds; round++) {
                steps.add(StepKind.ACQUIRE, random.nextInt(1_000), vcpu / 4)
                        .compute(heldNs)
                        .add(StepKind.RELEASE, 0, vcpu / 4)
                        .compute(thinkNs / 2 + random.nextLong(thinkNs));
            }
            work.add(steps.build());
        }
        List<WorkloadLock> locks =
                List.of(new WorkloadLock(0, "lock", discipline), new WorkloadLock(1, "lock", discipline));
        return new Workload(Workloads.roster(2, 4), work, locks, new int[0], SPAN_NS);
    }

    private static WorkloadExtractor recorded(Workload work) {
        WorkloadExtractor extractor = new WorkloadExtractor();
        HostSimulator.run(work, HOST, PLE, 3, extractor);
        return extractor;
    }

    private static LockModel calibrated(WorkloadExtractor recorded, Workload work) {
        long elapsed = recorded.lockWaits(work.roster()).endNs();
        return LockCalibrator.calibrate(recorded, work.roster(), elapsed, HOST, PLE);
    }

    /** Work per second without PLE over that with it, both VMs, after a tenth of each run. */
    private static double effectOfNoPle(Workload work) {
        return pace(work, NO_PLE) / pace(work, PLE);
    }

    private static double pace(Workload work, Setting setting) {
        LockWaits shown = new LockWaits();
        HostSimulator.run(work, HOST, setting, 1, shown);
        double sum = 0;
        for (int vm = 0; vm < 2; vm++) {
            sum += shown.tally(work.roster(), vm, shown.endNs() / 10, shown.endNs())
                    .workPpm();
        }
        return sum;
    }

    /** Everybody waits for the lock all the time: its order and how often it is taken are known from that. */
    @Test
    void aFairLockUnderOvercommitIsRecognised() {
        int rounds = 10_000;
        Workload truth = work(Discipline.FIFO, rounds, 500, 3_000);
        WorkloadExtractor recorded = recorded(truth);
        LockModel model = calibrated(recorded, truth);
        long worked = recorded.lockWaits(truth.roster())
                .tally(truth.roster(), 0, 0, Long.MAX_VALUE)
                .workNs();
        // 3.5 us of work per taking.
        long takings = worked / 3_500;
        assertThat(model.vms().get(0).get(0).discipline()).isEqualTo(Discipline.FIFO);
        assertThat(model.vms().get(0).get(0).takings()).isBetween(takings * 7 / 10, takings * 13 / 10);
    }

    /** Without PLE each hand-over costs a slice: replays of the log alone must show that, within the factor 2 that orders make. */
    @Test
    void theEffectOfNoPleOnAFairLockIsForetold() {
        Workload truth = work(Discipline.FIFO, 10_000, 500, 3_000);
        WorkloadExtractor recorded = recorded(truth);
        Workload replayed = recorded.extract(
                truth.roster(), recorded.lockWaits(truth.roster()).endNs(), calibrated(recorded, truth), 0);
        double effect = effectOfNoPle(truth);
        assertThat(effect).isLessThan(0.2);
        assertThat(effectOfNoPle(replayed)).isBetween(effect / 2.2, effect * 2.2);
    }

    /**
     * Held for a fifth of all work, a preempted holder stops its siblings, but not for longer than it is away. Some 15 of 75
     * preemptions in the half that counts hit a holder: the share is known within a factor of two.
     */
    @Test
    void anUnfairLockIsRecognisedAndKeepsItsPaceWithoutPle() {
        Workload truth = work(Discipline.BARGING, 60_000, 2_000, 8_000);
        WorkloadExtractor recorded = recorded(truth);
        LockModel model = calibrated(recorded, truth);
        assertThat(model.vms().get(0).get(0).discipline()).isEqualTo(Discipline.BARGING);
        assertThat(model.vms().get(0).get(0).heldPermille()).isBetween(100, 400);
        Workload replayed = recorded.extract(
                truth.roster(), recorded.lockWaits(truth.roster()).endNs(), model, 0);
        double effect = effectOfNoPle(truth);
        assertThat(effect).isGreaterThan(0.6);
        assertThat(effectOfNoPle(replayed)).isBetween(effect * 0.8, effect * 1.25);
    }

    @Test
    void whereNobodyWaitsThereIsNoLock() {
        Workload alone = Workloads.computing(2, 4, SPAN_NS, SPAN_NS);
        assertThat(calibrated(recorded(alone), alone)).isEqualTo(LockModel.NONE);
    }

    @Test
    void calibrationRepeatsItself() {
        Workload truth = work(Discipline.FIFO, 2_000, 500, 3_000);
        WorkloadExtractor recorded = recorded(truth);
        assertThat(calibrated(recorded, truth)).isEqualTo(calibrated(recorded, truth));
    }
}
