package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.testing.TraceBuilder.HLT;
import static plescope.replay.testing.TraceBuilder.INTERRUPT;
import static plescope.replay.testing.TraceBuilder.IO;
import static plescope.replay.testing.TraceBuilder.PAUSE;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import plescope.parser.event.EventKind;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.Continuation;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Residual;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.SpinEpisode.End;
import plescope.replay.model.Tristate;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/**
 * Window 3000, 20 ns a turn: a full window is 60 us, which a spinner of another VM (thread 900) shows first. Thread 100 + k is the
 * VM's vCPU k and runs on pCPU k; in the sink they are numbered from 1, in the order of their first events.
 */
class CulpritTest {
    private static final long LOOP = 0xffffffff81000090L;
    private static final long ELSEWHERE = 0xffffffff81000700L;
    private static final int T = 10_000;
    private static final int ME = 1;
    private static final int SIBLING = 2;
    private static final int OTHER = 3;
    private static final int STRANGER = 500;

    private final RecordingScheduleSink sink = new RecordingScheduleSink();
    private final TraceBuilder trace = new TraceBuilder();

    CulpritTest() {
        // One switch, so that it is known that the log has them.
        trace.on(8, STRANGER + 9, 0).switchTo(0, TaskState.SLEEPING, 0);
        trace.on(9, 900, 0).window(0, 6000, 3000);
        for (int i = 0; i < 100; i++) {
            trace.entry(i * 70L + 1, LOOP + 2).exit(i * 70L + 61, PAUSE, LOOP);
        }
        // First events of the VM's vCPUs, in the order of their numbers.
        for (int vcpu = 0; vcpu < 3; vcpu++) {
            on(vcpu).entry(8_000 + vcpu, ELSEWHERE).exit(8_010 + vcpu, IO, ELSEWHERE);
        }
    }

    private TraceBuilder on(int vcpu) {
        return trace.on(vcpu, 100 + vcpu, vcpu);
    }

    /** Spins from {@code from} through so many windows, 2 us apart; the next entry is due 2 us after the last. */
    private long spins(int vcpu, long from, int windows) {
        for (int i = 0; i < windows; i++) {
            on(vcpu).entry(from + i * 62L, LOOP + 2).exit(from + i * 62L + 60, PAUSE, LOOP);
        }
        return from + windows * 62L;
    }

    private void detect(Predicate<TraceEvent> keep) {
        ThreadMap threads = new ThreadMap(List.of(
                new ThreadMap.Entry(900, 9, "other", 0),
                new ThreadMap.Entry(100, 1, "a", 0),
                new ThreadMap.Entry(101, 1, "a", 1),
                new ThreadMap.Entry(102, 1, "a", 2)));
        SpinDetector detector = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, sink);
        TimelineBuilder builder = new TimelineBuilder(threads, detector);
        trace.events().stream()
                .filter(keep)
                .sorted(Comparator.comparingLong(TraceEvent::timestampNs))
                .forEach(builder::accept);
        detector.finish(builder.finish().roster());
    }

    private void detect() {
        detect(event -> true);
    }

    private Wait lastWaitOf(int vcpu) {
        SpinEpisode last = sink.episodes.stream()
                .filter(e -> e.vcpu() == vcpu)
                .reduce((a, b) -> b)
                .orElseThrow();
        return sink.waitOf(last);
    }

    private List<DirectedYield> yieldsOf(int vcpu) {
        return sink.yields.stream().filter(y -> y.spinner() == vcpu).toList();
    }

    /**
     * vCPU 1 comes at T - 300, vCPU 2 at T - 150, vCPU 0 at T; they go on in that order. Whoever came last before vCPU 0 lets it go,
     * and its own chain ends at whom vCPU 1 waited for: nobody is known, so vCPU 1 is the root.
     */
    @Test
    void whoCameLastBeforeTheSpinnerIsNextInLine() {
        long one = spins(1, T - 300, 7);
        long two = spins(2, T - 150, 6);
        long me = spins(0, T, 5);
        on(1).entry(one, LOOP + 2).exit(one + 250, IO, ELSEWHERE);
        on(2).entry(two, LOOP + 2).exit(two + 250, IO, ELSEWHERE);
        on(0).entry(me, LOOP + 2).exit(me + 250, IO, ELSEWHERE);
        detect();
        Wait wait = lastWaitOf(ME);
        assertThat(wait.culprit()).isEqualTo(OTHER);
        assertThat(wait.candidates().get(0).probability()).isGreaterThan(0.9);
        assertThat(wait.queue().ahead()).isEqualTo(2);
        assertThat(wait.queue().root()).isEqualTo(SIBLING);
        assertThat(wait.queue().lock()).isEqualTo(lastWaitOf(SIBLING).queue().lock());
        assertThat(wait.heldUp()).isEqualTo(Tristate.NO);
    }

    /** Two siblings work all the time, and nothing tells them apart: half of what is left for each, so nobody is named. */
    @Test
    void nobodyIsNamedWhereTwoAreAsLikely() {
        on(1).entry(T - 100, ELSEWHERE).exit(T + 800, IO, ELSEWHERE);
        on(2).entry(T - 100, ELSEWHERE).exit(T + 800, IO, ELSEWHERE);
        long me = spins(0, T, 2);
        on(0).entry(me, LOOP + 2).exit(me + 250, IO, ELSEWHERE);
        detect();
        Wait wait = lastWaitOf(ME);
        assertThat(wait.candidates()).hasSize(2);
        assertThat(wait.culprit()).isEqualTo(-1);
        assertThat(wait.queue().root()).isEqualTo(-1);
        assertThat(wait.entropyBits()).isBetween(1.0, 1.2);
    }

    /** The holder is off from T - 100 to T + 130 and then works 80 us; the spinner exits at T + 60, T + 122 and T + 184. */
    private void preemptedHolder() {
        on(2).switchTo(8_020, TaskState.SLEEPING, 0);
        preemptedHolderAmongThree();
    }

    private void preemptedHolderAmongThree() {
        on(1).entry(T - 200, ELSEWHERE)
                .exit(T - 101, INTERRUPT, ELSEWHERE)
                .switchTo(T - 100, TaskState.PREEMPTED, STRANGER);
        trace.on(1, STRANGER, 0).switchTo(T + 130, TaskState.SLEEPING, 101);
        on(1).entry(T + 131, ELSEWHERE).exit(T + 211, IO, ELSEWHERE);
        long me = spins(0, T, 3);
        on(0).entry(me, LOOP + 2).exit(me + 250, IO, ELSEWHERE);
    }

    /** Ready and not run at the first exit; run on its own pCPU 8 us after the second; after the third the spinner moves on. */
    @Test
    void anExitSaysWhyTheSpinWentOnAfterIt() {
        preemptedHolder();
        detect();
        assertThat(lastWaitOf(ME).culprit()).isEqualTo(SIBLING);
        assertThat(lastWaitOf(ME).heldUp()).isEqualTo(Tristate.YES);
        assertThat(yieldsOf(ME))
                .extracting(DirectedYield::continuation)
                .containsExactly(Continuation.LOST_OPPORTUNITY, Continuation.HOLDER_RUNNING, Continuation.NONE);
        assertThat(yieldsOf(ME)).extracting(DirectedYield::target).containsExactly(-1, SIBLING, -1);
        assertThat(yieldsOf(ME).get(1).sameQueue()).isEqualTo(Tristate.NO);
    }

    /** Counted from its return at T + 130: seen spinning until T + 184, 53 us of work; all its 80 us before the spinner left. */
    @Test
    void residualWorkIsBoundedByTheHoldersGuestTime() {
        preemptedHolder();
        detect();
        Residual residual = lastWaitOf(ME).candidates().get(0).residual();
        assertThat(residual.fromNs()).isEqualTo((T + 130) * 1000L);
        assertThat(residual.leastNs()).isEqualTo(53_000);
        assertThat(residual.mostNs()).isEqualTo(80_000);
        // 27 us are many times the scale of 2 us at first: what is left is the scale.
        assertThat(residual.likelyNs()).isBetween(54_900L, 55_100L);
    }

    /** The spinner's pCPU goes to a stranger while the holder is ready. */
    @Test
    void aThirdInTheSpinnersPlaceIsASchedulerMismatch() {
        preemptedHolder();
        trace.on(0, 100, 0).switchTo(T + 60, TaskState.RUNNABLE, STRANGER + 1);
        trace.on(0, STRANGER + 1, 0).switchTo(T + 61, TaskState.SLEEPING, 100);
        detect();
        assertThat(yieldsOf(ME).get(0).outcome()).isEqualTo(DirectedYield.Outcome.OTHER_THREAD);
        assertThat(yieldsOf(ME).get(0).continuation()).isEqualTo(Continuation.SCHEDULER_MISMATCH);
    }

    /** vCPU 2 gets the pCPU while vCPU 1, whom it waits for, is ready. */
    @Test
    void aSiblingThatCannotHelpIsAnOverboost() {
        on(2).entry(T - 190, ELSEWHERE)
                .exit(T - 181, INTERRUPT, ELSEWHERE)
                .switchTo(T - 180, TaskState.PREEMPTED, STRANGER + 2);
        preemptedHolderAmongThree();
        trace.on(0, 100, 0).switchTo(T + 60, TaskState.RUNNABLE, 102);
        trace.on(0, 102, 2).switchTo(T + 61, TaskState.RUNNABLE, 100);
        detect();
        assertThat(lastWaitOf(ME).culprit()).isEqualTo(SIBLING);
        assertThat(yieldsOf(ME).get(0).outcome()).isEqualTo(DirectedYield.Outcome.SIBLING);
        assertThat(yieldsOf(ME).get(0).continuation()).isEqualTo(Continuation.OVERBOOST);
    }

    /** Without context switches nobody knows who ran: no outcome, no target, no word on why, none on who was kept waiting. */
    @Test
    void withoutContextSwitchesNothingIsClaimedAboutYields() {
        preemptedHolder();
        detect(event -> event.kind() != EventKind.SCHED_SWITCH && event.kind() != EventKind.SCHED_WAKE);
        assertThat(yieldsOf(ME)).hasSize(3).allSatisfy(yield -> {
            assertThat(yield.outcome()).isEqualTo(DirectedYield.Outcome.UNKNOWN);
            assertThat(yield.target()).isEqualTo(-1);
            assertThat(yield.continuation()).isIn(Continuation.UNKNOWN, Continuation.NONE);
        });
        assertThat(lastWaitOf(ME).heldUp()).isEqualTo(Tristate.UNKNOWN);
        assertThat(sink.wakeEdges).isEmpty();
    }

    /** Interrupted in the loop, off the pCPU, and back elsewhere: what ended the spin nobody saw. */
    @Test
    void aSpinnerThatComesBackElsewhereWasPreempted() {
        spins(0, T, 1);
        on(0).entry(T + 62, LOOP + 2).exit(T + 80, INTERRUPT, LOOP + 2).switchTo(T + 81, TaskState.PREEMPTED, STRANGER);
        trace.on(0, STRANGER, 0).switchTo(T + 2_000, TaskState.SLEEPING, 100);
        on(0).entry(T + 2_001, LOOP + 2).exit(T + 2_300, IO, ELSEWHERE);
        detect();
        assertThat(sink.episodes.stream().filter(e -> e.vcpu() == ME).map(SpinEpisode::end))
                .containsExactly(End.PREEMPTED);
    }

    /** Halts, is woken, and enters 12 us later with one vector injected. */
    private void halted(TraceBuilder woken, int vector) {
        woken.wake(T + 51, 100, 0);
        on(0).exit(T + 1, HLT, ELSEWHERE).switchTo(T + 5, TaskState.SLEEPING, 0);
        trace.on(0, 0, 0).switchTo(T + 60, TaskState.RUNNABLE, 100);
        if (vector > 0) {
            on(0).injected(T + 62, vector);
        }
        on(0).entry(T + 63, ELSEWHERE).exit(T + 90, IO, ELSEWHERE);
        detect();
    }

    @Test
    void aWakeUpAfterASiblingsIpiIsItsDoing() {
        on(0).entry(T, ELSEWHERE);
        halted(on(1).ipi(T + 50, 0, 253), 253);
        assertThat(sink.wakeEdges).hasSize(1);
        WakeEdge edge = sink.wakeEdges.get(0);
        assertThat(edge.source()).isEqualTo(WakeEdge.Source.IPI);
        assertThat(edge.sender()).isEqualTo(SIBLING);
        assertThat(edge.vector()).isEqualTo(253);
        assertThat(edge.timeNs()).isEqualTo((T + 51) * 1000L);
        assertThat(edge.ranNs()).isEqualTo((T + 63) * 1000L);
    }

    /** A host timer expires in the context of a sibling, which sent nothing. */
    @Test
    void aTimerInASiblingsContextIsATimer() {
        on(0).entry(T, ELSEWHERE);
        halted(on(1), 0xec);
        assertThat(sink.wakeEdges).extracting(WakeEdge::source).containsExactly(WakeEdge.Source.TIMER);
        assertThat(sink.wakeEdges.get(0).sender()).isEqualTo(-1);
    }

    /** With posted interrupts neither the send nor the vector is logged. */
    @Test
    void aWakeUpWithoutSenderAndVectorStaysUnknown() {
        on(0).entry(T, ELSEWHERE);
        halted(trace.on(0, 0, 0), 0);
        assertThat(sink.wakeEdges).extracting(WakeEdge::source).containsExactly(WakeEdge.Source.UNKNOWN);
    }
}
