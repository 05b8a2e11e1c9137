package plescope.analysis.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.Tristate;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wait;

class ScheduleScoreTest {
    private static final long EXIT_NS = 100_000;
    private static final int SPINNER = 0;
    private static final int CULPRIT = 1;
    private static final int SIBLING = 2;

    /** The culprit is in {@code state} from 0 to {@code untilNs} and runs then; the sibling runs all the time. */
    private static Continuation after(VcpuState state, long untilNs, DirectedYield.Outcome outcome, int successor) {
        Roster roster = SyntheticCases.named(List.of("queue"))
                .get(0)
                .synthesis()
                .scenario()
                .roster();
        TrueSchedule schedule = new TrueSchedule(roster);
        schedule.interval(new VcpuInterval(CULPRIT, state, 0, 0, untilNs, Origin.SYNTHETIC));
        schedule.interval(new VcpuInterval(CULPRIT, VcpuState.GUEST, 0, untilNs, 1_000_000, Origin.SYNTHETIC));
        schedule.interval(new VcpuInterval(SIBLING, VcpuState.GUEST, 1, 0, 1_000_000, Origin.SYNTHETIC));
        schedule.directedYield(new DirectedYield(
                7, SPINNER, 0, EXIT_NS, outcome, successor, -1, 0, Tristate.YES, Tristate.UNKNOWN, 0));
        schedule.waited(new Wait(
                7,
                Wait.Cause.LOCK,
                1,
                Wait.Evidence.DIRECT,
                List.of(new Wait.Candidate(CULPRIT, 1, 900_000)),
                List.of()));
        assertThat(schedule.continuationAt(SPINNER, EXIT_NS + 1_001)).isNull();
        return schedule.continuationAt(SPINNER, EXIT_NS + 999);
    }

    /** A log shows whole microseconds; 30 us after the exit is the last that counts as an answer to it. */
    @Test
    void aTrueContinuationFollowsFromWhereTheCulpritWas() {
        assertThat(after(VcpuState.GUEST, 500_000, DirectedYield.Outcome.NO_SWITCH, -1))
                .isEqualTo(Continuation.HOLDER_RUNNING);
        assertThat(after(VcpuState.BLOCKED, 500_000, DirectedYield.Outcome.NO_SWITCH, -1))
                .isEqualTo(Continuation.NO_CANDIDATE);
        assertThat(after(VcpuState.PREEMPTED, 500_000, DirectedYield.Outcome.NO_SWITCH, -1))
                .isEqualTo(Continuation.LOST_OPPORTUNITY);
        assertThat(after(VcpuState.PREEMPTED, EXIT_NS + 29_999, DirectedYield.Outcome.NO_SWITCH, -1))
                .isEqualTo(Continuation.HOLDER_RUNNING);
        assertThat(after(VcpuState.WAITING, 500_000, DirectedYield.Outcome.SIBLING, SIBLING))
                .isEqualTo(Continuation.OVERBOOST);
        assertThat(after(VcpuState.WAITING, 500_000, DirectedYield.Outcome.SIBLING, CULPRIT))
                .isEqualTo(Continuation.HOLDER_RUNNING);
        assertThat(after(VcpuState.PREEMPTED, 500_000, DirectedYield.Outcome.OTHER_VM, 4))
                .isEqualTo(Continuation.SCHEDULER_MISMATCH);
    }

    /** Bounds lie below what was measured (in brackets). */
    @Test
    void whatIsToldOfYieldsAndWakeUpsIsMostlyTrue() {
        ScoreCard card = ScoreCard.of(SyntheticCases.named(List.of("convoy")).get(0));
        Confusion wakes = card.schedule().wakes();
        long ipis = wakes.count(ScheduleScore.IPI, ScheduleScore.RIGHT_SENDER);
        // [all]
        assertThat(ipis).isPositive();
        assertThat(wakes.count(ScheduleScore.IPI, ScheduleScore.OTHER_SENDER)).isLessThan(ipis / 20 + 1);
        assertThat(wakes.count(ScheduleScore.TIMER_OR_DEVICE, "timer")).isPositive();
        assertThat(wakes.count(ScheduleScore.TIMER_OR_DEVICE, ScheduleScore.RIGHT_SENDER))
                .isZero();
        Confusion continuations = card.schedule().continuations();
        long same = 0;
        long all = 0;
        for (String truth : continuations.truths()) {
            for (String told : continuations.told()) {
                all += continuations.count(truth, told);
                same += truth.equals(told) ? continuations.count(truth, told) : 0;
            }
        }
        assertThat(all).isGreaterThan(500);
        assertThat((double) same / all).isGreaterThan(0.6);
    }
}
