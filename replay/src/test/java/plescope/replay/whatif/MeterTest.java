package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.engine.Workloads;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.SpinEpisode.End;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.policy.Setting;

/**
 * A schedule of 12800 ns has 100 slices of 128 ns; five are left out at each end, which leaves 640 to 12160: 11520 ns.
 */
final class MeterTest {
    private static final long END_NS = 12_800;
    private static final double SECONDS = 11_520e-9;
    private static final ExitReason PAUSE = new ExitReason(Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);

    private static final ExitReason MSR = new ExitReason(Isa.SVM, 0x7c, "msr", ExitReason.Family.MSR);

    /** vCPUs 0 and 1 in VM 0, 2 and 3 in VM 1. */
    private static final Roster ROSTER = Workloads.roster(2, 2);

    private final Meter meter = new Meter();

    private void state(int vcpu, VcpuState state, int pcpu, long startNs, long endNs) {
        meter.interval(new VcpuInterval(vcpu, state, pcpu, startNs, endNs, Origin.RECORDED));
    }

    private void episode(
            long id, int vcpu, long startNs, long endNs, int exits, long spinNs, End end, Wait.Cause cause) {
        meter.episode(new SpinEpisode(id, vcpu, startNs, endNs, exits, spinNs, 0, end, Origin.INFERRED, 0, 0));
        meter.waited(new Wait(id, cause, 1, Wait.Evidence.INFERRED, List.of(), List.of()));
    }

    /** VM 0: work 11520 + 5760, spin 3200, steal 2560, all in the window. VM 1 is known half the time, and then in the host. */
    @Test
    void ratesArePerSecondOfTheKnownTimeBetweenWarmUpAndCut() {
        state(0, VcpuState.GUEST, 0, 0, END_NS);
        state(1, VcpuState.GUEST, 1, 0, 6_400);
        state(1, VcpuState.SPINNING, 1, 6_400, 9_600);
        state(1, VcpuState.PREEMPTED, 1, 9_600, END_NS);
        for (int v = 2; v < 4; v++) {
            state(v, VcpuState.UNKNOWN, -1, 0, 6_400);
            state(v, VcpuState.HOST, 0, 6_400, 9_600);
            state(v, VcpuState.GUEST, 1, 9_600, END_NS);
        }
        meter.contextSwitch(0, 600, 0, 1001);
        meter.contextSwitch(0, 700, 0, 1001);
        meter.contextSwitch(0, 701, 0, 1003);
        meter.contextSwitch(0, 702, 1001, 0);
        Measures measures = meter.measures(ROSTER, END_NS);
        assertThat(measures.of(0, Measure.THROUGHPUT)).isEqualTo(1.5, within(1e-9));
        assertThat(measures.of(0, Measure.SPIN)).isEqualTo(3_200 / 11_520.0, within(1e-9));
        assertThat(measures.of(0, Measure.STEAL)).isEqualTo(100 * 2_560 / 23_040.0, within(1e-9));
        assertThat(measures.of(0, Measure.MIGRATIONS)).isZero();
        // 2 x 2560 ns of work in the 5760 ns that are known
        assertThat(measures.of(1, Measure.THROUGHPUT)).isEqualTo(2 * 2_560 / 5_760.0, within(1e-9));
        assertThat(measures.of(1, Measure.MIGRATIONS)).isEqualTo(2 / 5_760e-9, within(1e-3));
        assertThat(measures.of(1, Measure.STEAL)).isZero();
        // 20480 of the 20480 + 2 x 5760 ns that vCPUs were on pCPUs
        assertThat(measures.of(0, Measure.CPU_SHARE)).isEqualTo(100 * 20_480 / 32_000.0, within(1e-9));
        // (11520 + 8960)^2 / (2 (11520^2 + 8960^2))
        assertThat(measures.of(0, Measure.FAIRNESS)).isEqualTo(0.984616, within(1e-6));
        assertThat(measures.of(0, Measure.SWITCHES)).isEqualTo(1 / SECONDS, within(1e-3));
        assertThat(measures.of(1, Measure.SWITCHES)).isEqualTo(1 / 5_760e-9, within(1e-3));
        assertThat(measures.host().get(Measure.THROUGHPUT)).isEqualTo(1.5 + 2 * 2_560 / 5_760.0, within(1e-9));
    }

    /** 11520 ns of guest time in the window, half of them work by the recording's own clock; spin rows add up with the rest. */
    @Test
    void aRecordingsWorkIsCountedByItsOwnClock() {
        state(0, VcpuState.GUEST, 0, 0, 10_000);
        state(0, VcpuState.SPINNING, 0, 10_000, END_NS);
        Measures measures = meter.measures(ROSTER, END_NS, (vcpu, fromNs, toNs) -> vcpu == 0 ? (toNs - fromNs) / 2 : 0);
        assertThat(measures.of(0, Measure.THROUGHPUT)).isEqualTo(0.5, within(1e-9));
        assertThat(measures.of(0, Measure.SPIN)).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void exitsYieldsAndWaitsOutsideTheWindowDoNotCount() {
        for (long ns : new long[] {639, 640, 12_159, 12_160}) {
            meter.vmExit(new VmExit(0, 0, ns, ns + 5, PAUSE, 0, 10, 0, 0));
            meter.vmExit(new VmExit(0, 0, ns, ns + 5, MSR, 0, 10, 0, 0));
            Outcome outcome = ns == 640 ? Outcome.SIBLING : Outcome.NO_SWITCH;
            meter.directedYield(new DirectedYield(0, 0, 0, ns, outcome, 1, 1, 5, Tristate.NO, Tristate.YES, 0));
            meter.ipi(new Ipi(0, 1, 0xfd, ns, ns + 40, 0, 0));
            meter.ipi(new Ipi(0, 1, 0xfd, ns, -1, 0, 0));
        }
        Measures measures = meter.measures(ROSTER, END_NS);
        assertThat(measures.of(0, Measure.PLE_EXITS)).isEqualTo(2 / SECONDS, within(1e-3));
        assertThat(measures.of(0, Measure.YIELDS_SUCCEEDED)).isEqualTo(1 / SECONDS, within(1e-3));
        assertThat(measures.of(0, Measure.YIELDS_RIGHT)).isEqualTo(2 / SECONDS, within(1e-3));
        assertThat(measures.of(0, Measure.IPI_WAIT_P50)).isEqualTo(0.040, within(1e-9));
        assertThat(measures.of(1, Measure.PLE_EXITS)).isZero();
        assertThat(measures.of(1, Measure.IPI_WAIT_P99)).isNaN();
    }

    /** Episodes of 1, 2 and 9 exits count, waiting 30, 40 and 50 ns; one was cut off, one had no exit, one ended in the warm-up. */
    @Test
    void episodesCountWhereTheyEndWhenTheyEnd() {
        episode(0, 0, 1_000, 1_030, 1, 100, End.PROGRESS, Wait.Cause.LOCK);
        episode(1, 1, 600, 640, 2, 100, End.HALT, Wait.Cause.LOCK);
        episode(2, 0, 2_000, 2_050, 9, 200, End.PROGRESS, Wait.Cause.UNKNOWN);
        episode(3, 0, 3_000, 3_999, 99, 300, End.UNKNOWN, Wait.Cause.LOCK);
        episode(4, 0, 5_000, 5_999, 0, 100, End.PROGRESS, Wait.Cause.LOCK);
        episode(5, 0, 10, 639, 99, 1_000, End.PROGRESS, Wait.Cause.UNKNOWN);
        Measures measures = meter.measures(ROSTER, END_NS);
        assertThat(measures.burstLengths().get(0)).isEqualTo(LengthCounts.of(1, 2, 9));
        assertThat(measures.of(0, Measure.BURST_MEAN)).isEqualTo(4);
        assertThat(measures.of(0, Measure.BURST_P99)).isEqualTo(9);
        assertThat(measures.of(0, Measure.LOCK_WAIT_P50)).isEqualTo(0.030, within(1e-9));
        assertThat(measures.of(0, Measure.LOCK_WAIT_P99)).isEqualTo(0.040, within(1e-9));
        // 200 of 100 + 100 + 200 + 300 + 100
        assertThat(measures.of(0, Measure.UNKNOWN_CAUSE)).isEqualTo(25);
        assertThat(measures.of(1, Measure.BURST_MEAN)).isNaN();
    }

    @Test
    void aLogWithoutSwitchesShowsNeitherThemNorSteal() {
        state(0, VcpuState.GUEST, 0, 0, END_NS);
        Measures measures = meter.measures(ROSTER, END_NS);
        assertThat(measures.of(0, Measure.SWITCHES)).isNaN();
        assertThat(measures.of(0, Measure.STEAL)).isNaN();
    }

    @Test
    void anEmptyScheduleMeasuresNothing() {
        Measures measures = meter.measures(ROSTER, 0);
        assertThat(measures.of(0, Measure.THROUGHPUT)).isNaN();
        assertThat(measures.burstLengths().get(1)).isEqualTo(LengthCounts.NONE);
    }

    /** Random stretches and points of schedules from a microsecond to an hour, against sums over everything kept. */
    @Test
    void slicesGiveTheSumsOfThePlainRows() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            long end = 1_000L << random.nextInt(32);
            SlicedCounts counts = new SlicedCounts(1);
            SlicedHistogram histogram = new SlicedHistogram();
            List<long[]> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long start = random.nextLong(end);
                long[] row = {start, start + random.nextLong(end - start + 1)};
                rows.add(row);
                counts.addStretch(0, row[0], row[1]);
                histogram.add(row[0], i);
            }
            int shift = SlicedCounts.shiftFor(end);
            int from = random.nextInt(SlicedCounts.SLICES);
            int to = from + random.nextInt(SlicedCounts.SLICES - from + 1);
            long low = (long) from << shift;
            long high = (long) to << shift;
            long inside = 0;
            long points = 0;
            for (long[] row : rows) {
                inside += Math.max(0, Math.min(row[1], high) - Math.max(row[0], low));
                points += row[0] >= low && row[0] < high ? 1 : 0;
            }
            long[] totals = new long[SlicedHistogram.BUCKETS];
            histogram.addTo(totals, shift, from, to);
            assertThat(counts.sum(0, shift, from, to)).as("end %d", end).isEqualTo(inside);
            assertThat(LengthCounts.ofBuckets(totals).total()).as("end %d", end).isEqualTo(points);
        }
    }

    @Test
    void bucketsHoldTheirMiddleAndAreWithinOne32nd() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(62));
            int bucket = SlicedHistogram.bucket(value);
            long middle = SlicedHistogram.middle(bucket);
            assertThat(bucket).isBetween(0, SlicedHistogram.BUCKETS - 1);
            assertThat(SlicedHistogram.bucket(middle)).isEqualTo(bucket);
            assertThat((double) Math.abs(middle - value)).isLessThanOrEqualTo(value / 32.0);
        }
        assertThat(SlicedHistogram.bucket(Long.MAX_VALUE)).isEqualTo(SlicedHistogram.BUCKETS - 1);
    }

    /** Four vCPUs of pure work on two pCPUs: both pCPUs work all the time, and as much time is stolen as is run. */
    @Test
    void aSimulatedScheduleIsMeasuredLikeAnyOther() {
        Experiment experiment = new Experiment(
                Workloads.computing(2, 2, 1_000_000_000, 400_000_000),
                Workloads.host(2),
                Setting.parse("eevdf-6.12+no-ple"));
        long elapsed = experiment.run(1, meter).elapsedNs();
        Measures measures = meter.measures(ROSTER, elapsed);
        assertThat(measures.host().get(Measure.THROUGHPUT)).isEqualTo(2, within(0.02));
        assertThat(measures.host().get(Measure.STEAL)).isEqualTo(50, within(1.0));
        assertThat(measures.host().get(Measure.CPU_SHARE)).isEqualTo(100);
        assertThat(measures.host().get(Measure.SWITCHES)).isPositive();
        assertThat(measures.of(0, Measure.SPIN)).isZero();
    }
}
