package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.replay.testing.TraceBuilder.HLT;
import static plescope.replay.testing.TraceBuilder.INTERRUPT;
import static plescope.replay.testing.TraceBuilder.IO;
import static plescope.replay.testing.TraceBuilder.MSR;
import static plescope.replay.testing.TraceBuilder.PAUSE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.parser.event.TaskState;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.DirectedYield.Outcome;
import plescope.replay.model.Ipi;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.SpinEpisode.End;
import plescope.replay.model.Tristate;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.testing.RecordingScheduleSink;
import plescope.replay.testing.TraceBuilder;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/**
 * Window 3000, 20 ns a turn: a full window is 60 us. Every trace starts with a spinner of another VM (tid 900 on pCPU 9) that
 * shows that, so that the story may begin at 10 ms.
 */
class SpinDetectorTest {
    private static final long LOOP = 0xffffffff81000090L;
    private static final long IN_LOOP = LOOP + 2;
    private static final long ELSEWHERE = 0xffffffff81000700L;
    private static final int T = 10_000;
    private static final int ME = 1;

    private final RecordingScheduleSink sink = new RecordingScheduleSink();
    private final TraceBuilder trace = new TraceBuilder();
    private SpinSummary summary;

    SpinDetectorTest() {
        trace.on(9, 900, 0).window(0, 6000, 3000);
        for (int i = 0; i < 100; i++) {
            trace.entry(i * 70L + 1, IN_LOOP).exit(i * 70L + 61, PAUSE, LOOP);
        }
        trace.entry(7_000, IN_LOOP).exit(7_010, HLT, ELSEWHERE).switchTo(7_015, TaskState.SLEEPING, 0);
    }

    private void detect() {
        detect(GuestSymbols.NONE);
    }

    private void detect(GuestSymbols symbols) {
        ThreadMap threads = new ThreadMap(List.of(
                new ThreadMap.Entry(900, 9, "other", 0),
                new ThreadMap.Entry(100, 1, "a", 0),
                new ThreadMap.Entry(101, 1, "a", 1),
                new ThreadMap.Entry(102, 1, "a", 2)));
        detect(trace, threads, symbols);
    }

    private void detect(TraceBuilder log, ThreadMap threads, GuestSymbols symbols) {
        SpinDetector detector = new SpinDetector(SpinOptions.DEFAULT, symbols, sink);
        TimelineBuilder builder = new TimelineBuilder(threads, detector);
        log.events().forEach(builder::accept);
        summary = detector.finish(builder.finish().roster());
    }

    private List<SpinEpisode> episodesOf(int vcpu) {
        return sink.episodes.stream().filter(e -> e.vcpu() == vcpu).toList();
    }

    private List<DirectedYield> yieldsOf(int vcpu) {
        return sink.yields.stream().filter(y -> y.spinner() == vcpu).toList();
    }

    /** 40 us of work, then the window; re-entered, a second full window; then 25 us and I/O: progress at that entry. */
    @Test
    void workBeforeTheWindowIsNotSpin() {
        trace.on(0, 100, 0).entry(T, ELSEWHERE).exit(T + 100, PAUSE, LOOP);
        trace.entry(T + 103, IN_LOOP).exit(T + 163, PAUSE, LOOP);
        trace.entry(T + 166, IN_LOOP).exit(T + 191, IO, ELSEWHERE).entry(T + 195, ELSEWHERE);

        detect();

        assertThat(sink.story(ME, T, T + 195))
                .containsExactly(
                        "GUEST~ 10000..10040",
                        "SPINNING~ 10040..10100",
                        "HOST 10100..10103",
                        "SPINNING~ 10103..10163",
                        "HOST 10163..10166",
                        "GUEST 10166..10191",
                        "HOST 10191..10195");
        SpinEpisode episode = episodesOf(ME).get(0);
        assertThat(episode.startNs()).isEqualTo((T + 40) * 1000L);
        assertThat(episode.endNs()).isEqualTo((T + 166) * 1000L);
        assertThat(episode.end()).isEqualTo(End.PROGRESS);
        assertThat(episode.pleExits()).isEqualTo(2);
        assertThat(episode.spinNs()).isEqualTo(120_000); // 60 + 60 us
        assertThat(yieldsOf(ME)).extracting(DirectedYield::outcome).containsOnly(Outcome.NO_SWITCH);
        assertThat(yieldsOf(ME))
                .extracting(DirectedYield::backBeforeProgress)
                .containsExactly(Tristate.YES, Tristate.NO);
    }

    /** The second run lasts 110 us: 50 us more than the window, so the wait ended and a new one began. */
    @Test
    void runLongerThanItsWindowMeansProgress() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP);
        trace.entry(T + 63, IN_LOOP).exit(T + 173, PAUSE, LOOP).entry(T + 176, IN_LOOP);

        detect();

        assertThat(episodesOf(ME)).hasSize(2);
        assertThat(episodesOf(ME).get(0).end()).isEqualTo(End.PROGRESS);
        assertThat(episodesOf(ME).get(0).endNs()).isEqualTo((T + 63) * 1000L);
        assertThat(episodesOf(ME).get(1).startNs()).isEqualTo((T + 113) * 1000L); // 173 - 60
    }

    /** A host tick interrupts the loop after 20 us; the count restarts; 60 us later the window is full: one episode. */
    @Test
    void hostInterruptInsideTheLoopDoesNotEndTheEpisode() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP);
        trace.entry(T + 63, IN_LOOP).exit(T + 83, INTERRUPT, IN_LOOP);
        trace.entry(T + 85, IN_LOOP).exit(T + 145, PAUSE, LOOP).entry(T + 148, IN_LOOP);

        detect();

        assertThat(episodesOf(ME)).hasSize(1);
        assertThat(episodesOf(ME).get(0).spinNs()).isEqualTo(140_000); // 60 + 20 + 60 us
    }

    /** The guest takes a timer interrupt while it spins: injection, EOI write outside the loop, back in the loop. */
    @Test
    void interruptServiceDoesNotEndTheEpisode() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP);
        trace.injected(T + 62, 236)
                .entry(T + 63, IN_LOOP)
                .exit(T + 70, MSR, ELSEWHERE)
                .eoi(T + 71, 236);
        trace.entry(T + 72, ELSEWHERE).exit(T + 135, PAUSE, LOOP).entry(T + 138, IN_LOOP);

        detect();

        assertThat(episodesOf(ME)).hasSize(1);
        assertThat(sink.story(ME, T + 63, T + 135))
                .containsExactly(
                        "GUEST 10063..10070", "HOST 10070..10072", "GUEST~ 10072..10075", "SPINNING~ 10075..10135");
    }

    @Test
    void haltEndsTheEpisodeAsHalt() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP);
        trace.entry(T + 63, IN_LOOP).exit(T + 83, HLT, ELSEWHERE).switchTo(T + 90, TaskState.SLEEPING, 0);

        detect();

        assertThat(episodesOf(ME).get(0).end()).isEqualTo(End.HALT);
        assertThat(yieldsOf(ME).get(0).backBeforeProgress()).isEqualTo(Tristate.NO);
    }

    /** Loss ends the episode as UNKNOWN; what follows is a new one. */
    @Test
    void lossEndsTheEpisodeAsUnknown() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP).entry(T + 63, IN_LOOP);
        trace.lost(T + 70, 0, 5);
        trace.entry(T + 80, IN_LOOP).exit(T + 140, PAUSE, LOOP).entry(T + 143, IN_LOOP);

        detect();

        assertThat(episodesOf(ME)).extracting(SpinEpisode::end).containsExactly(End.UNKNOWN, End.UNKNOWN);
        assertThat(summary.unknownEnds()).isGreaterThanOrEqualTo(2);
    }

    /**
     * vCPU 1 holds the lock and is preempted at T+5. vCPU 0 spins; its first yield goes to another VM (900), its second to
     * vCPU 1, which runs 40 us of work and halts; then vCPU 0 gets on.
     */
    @Test
    void preemptedHolderIsTheCulpritAndTheYieldThatHitsItSaysSo() {
        trace.on(0, 101, 1)
                .entry(T - 50, ELSEWHERE)
                .exit(T, INTERRUPT, ELSEWHERE)
                .switchTo(T + 5, TaskState.PREEMPTED, 100);
        trace.on(0, 100, 0).entry(T + 7, ELSEWHERE).exit(T + 80, PAUSE, LOOP).switchTo(T + 83, TaskState.RUNNABLE, 900);
        trace.on(0, 900, 0)
                .entry(T + 85, ELSEWHERE)
                .exit(T + 95, IO, ELSEWHERE)
                .switchTo(T + 97, TaskState.RUNNABLE, 100);
        trace.on(0, 100, 0)
                .entry(T + 99, IN_LOOP)
                .exit(T + 159, PAUSE, LOOP)
                .switchTo(T + 162, TaskState.RUNNABLE, 101);
        trace.on(0, 101, 1)
                .entry(T + 164, ELSEWHERE)
                .exit(T + 204, HLT, ELSEWHERE)
                .switchTo(T + 206, TaskState.SLEEPING, 100);
        trace.on(0, 100, 0).entry(T + 208, IN_LOOP).exit(T + 220, IO, ELSEWHERE).entry(T + 223, ELSEWHERE);

        detect();

        int spinner = sink.episodes.stream()
                .filter(e -> e.startNs() == (T + 20) * 1000L)
                .findFirst()
                .orElseThrow()
                .vcpu();
        SpinEpisode episode = episodesOf(spinner).get(0);
        int holder = yieldsOf(spinner).get(1).successorVcpu();
        Wait wait = sink.waitOf(episode);
        assertThat(wait.cause()).isEqualTo(Wait.Cause.LOCK);
        assertThat(wait.evidence()).isEqualTo(Wait.Evidence.INFERRED);
        assertThat(wait.candidates().get(0).vcpu()).isEqualTo(holder);
        assertThat(wait.candidates().get(0).releaseNs()).isEqualTo((T + 204) * 1000L);
        assertThat(wait.trail()).extracting(Wait.EvidenceLine::role).contains("holder-preempted", "holder-resumed");
        assertThat(yieldsOf(spinner))
                .extracting(DirectedYield::outcome)
                .containsExactly(Outcome.OTHER_VM, Outcome.SIBLING);
        assertThat(yieldsOf(spinner)).extracting(DirectedYield::hitCulprit).containsExactly(Tristate.NO, Tristate.YES);
        assertThat(yieldsOf(spinner)).extracting(DirectedYield::offCpuNs).containsExactly(14_000L, 44_000L);
    }

    /**
     * While vCPU 0 is off its pCPU, vCPU 1 works 40 us (T+85 to T+125), spins a window, works 40 us (T+188 to T+228) and spins
     * again. The first turn may have released the lock already; the second proves nothing.
     */
    @Test
    void lockIsReleasedByTheFirstTurnOfWork() {
        trace.on(0, 101, 1)
                .entry(T - 50, ELSEWHERE)
                .exit(T, INTERRUPT, ELSEWHERE)
                .switchTo(T + 5, TaskState.PREEMPTED, 100);
        trace.on(0, 100, 0).entry(T + 7, ELSEWHERE).exit(T + 80, PAUSE, LOOP).switchTo(T + 83, TaskState.RUNNABLE, 101);
        trace.on(0, 101, 1)
                .entry(T + 85, ELSEWHERE)
                .exit(T + 185, PAUSE, LOOP)
                .entry(T + 188, IN_LOOP)
                .exit(T + 288, PAUSE, LOOP)
                .switchTo(T + 291, TaskState.RUNNABLE, 100);
        trace.on(0, 100, 0).entry(T + 293, IN_LOOP).exit(T + 305, IO, ELSEWHERE).entry(T + 308, ELSEWHERE);

        detect();

        SpinEpisode episode = sink.episodes.stream()
                .filter(e -> e.startNs() == (T + 20) * 1000L)
                .findFirst()
                .orElseThrow();
        Wait wait = sink.waitOf(episode);
        assertThat(wait.candidates().get(0).vcpu())
                .isEqualTo(yieldsOf(episode.vcpu()).get(0).successorVcpu());
        assertThat(wait.candidates().get(0).releaseNs()).isEqualTo((T + 125) * 1000L);
    }

    /**
     * vCPU 0 sends vector 252 to vCPUs 1 and 2 and spins. vCPU 1 is in the guest and takes it at T+6; vCPU 2 is preempted
     * and takes it at T+100; the spinner gets on at its next entry: vCPU 2 is the culprit.
     */
    @Test
    void lastAcknowledgerOfAnIpiIsTheCulprit() {
        trace.on(1, 101, 1).entry(T - 90, ELSEWHERE);
        trace.on(2, 102, 2).entry(T - 90, ELSEWHERE).exit(T - 80, INTERRUPT, ELSEWHERE);
        trace.switchTo(T - 78, TaskState.PREEMPTED, 55);
        trace.on(0, 100, 0).entry(T - 50, ELSEWHERE).exit(T, MSR, ELSEWHERE).ipi(T + 1, 1, 252);
        trace.entry(T + 2, ELSEWHERE)
                .exit(T + 3, MSR, ELSEWHERE)
                .ipi(T + 3, 2, 252)
                .entry(T + 4, ELSEWHERE);
        trace.on(1, 101, 1)
                .exit(T + 5, INTERRUPT, ELSEWHERE)
                .injected(T + 5, 252)
                .entry(T + 6, ELSEWHERE);
        trace.exit(T + 12, MSR, ELSEWHERE).eoi(T + 12, 252).entry(T + 13, ELSEWHERE);
        trace.on(0, 100, 0).exit(T + 65, PAUSE, LOOP).entry(T + 68, IN_LOOP);
        trace.on(2, 55, 0).switchTo(T + 96, TaskState.SLEEPING, 102);
        trace.on(2, 102, 2).injected(T + 98, 252).entry(T + 100, ELSEWHERE);
        trace.exit(T + 108, MSR, ELSEWHERE).eoi(T + 108, 252).entry(T + 109, ELSEWHERE);
        trace.on(0, 100, 0).exit(T + 125, IO, ELSEWHERE).entry(T + 128, ELSEWHERE);
        GuestSymbols symbols = GuestSymbols.parse(
                "a", Stream.of("ffffffff81000080 t smp_call_function_many_cond", "ffffffff81000600 t elsewhere"));

        detect(symbols);

        int[] vcpuOfNumber = new int[3];
        sink.ipis.forEach(i -> vcpuOfNumber[i.sentNs() == (T + 1) * 1000L ? 1 : 2] = i.receiver());
        SpinEpisode episode = sink.episodes.stream()
                .filter(e -> e.startNs() == (T + 5) * 1000L)
                .findFirst()
                .orElseThrow();
        Wait wait = sink.waitOf(episode);
        assertThat(wait.cause()).isEqualTo(Wait.Cause.IPI);
        assertThat(wait.evidence()).isEqualTo(Wait.Evidence.DIRECT);
        assertThat(wait.candidates().get(0).vcpu()).isEqualTo(vcpuOfNumber[2]);
        assertThat(wait.candidates().get(0).releaseNs()).isEqualTo((T + 102) * 1000L); // entry + 2 us of handler
        assertThat(wait.trail())
                .extracting(Wait.EvidenceLine::role)
                .contains("ipi-sent", "receiver-preempted", "receiver-resumed", "ipi-acknowledged");
        assertThat(sink.ipis)
                .extracting(Ipi::ackNs)
                .containsExactlyInAnyOrder((T + 8) * 1000L, (T + 102) * 1000L); // 6 + 2, 100 + 2
    }

    /** Where everybody else slept throughout, nobody could have held a spinlock. */
    @Test
    void haltedSiblingsAreNoSuspects() {
        trace.on(1, 101, 1)
                .entry(T - 90, ELSEWHERE)
                .exit(T - 80, HLT, ELSEWHERE)
                .switchTo(T - 75, TaskState.SLEEPING, 0);
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP);
        trace.entry(T + 63, IN_LOOP).exit(T + 83, IO, ELSEWHERE).entry(T + 85, ELSEWHERE);

        detect();

        SpinEpisode episode = sink.episodes.stream()
                .filter(e -> e.startNs() == T * 1000L)
                .findFirst()
                .orElseThrow();
        assertThat(sink.waitOf(episode).cause()).isEqualTo(Wait.Cause.UNKNOWN);
        assertThat(sink.waitOf(episode).candidates()).isEmpty();
    }

    /** A VMX host's log of one thread, without sched or window events: 4096 cycles in 4-5 us, all one wait. */
    @Test
    void logOfExitsAndEntriesAloneStillShowsTheEpisode() {
        ExitReason pause = new ExitReason(ExitReason.Isa.VMX, 40, "PAUSE_INSTRUCTION", ExitReason.Family.PAUSE);
        TraceBuilder alone = new TraceBuilder().on(6, 2679, 2).exit(0, pause, LOOP);
        long[] entries = {35, 61, 87, 113, 139, 165, 191, 217, 243, 269};
        long[] exits = {39, 65, 91, 117, 143, 170, 196, 222, 248, 274};
        for (int i = 0; i < entries.length; i++) {
            alone.entry(entries[i], IN_LOOP).exit(exits[i], pause, LOOP);
        }

        detect(alone, ThreadMap.EMPTY, GuestSymbols.NONE);

        assertThat(sink.episodes).hasSize(1);
        assertThat(sink.episodes.get(0).pleExits()).isEqualTo(11);
        assertThat(sink.episodes.get(0).spinNs())
                .isEqualTo(45_000); // 5 x 4 + 5 x 5 us; the first run's entry is missing
        assertThat(sink.episodes.get(0).end()).isEqualTo(End.UNKNOWN);
        assertThat(sink.yields).extracting(DirectedYield::outcome).containsOnly(Outcome.UNKNOWN);
        assertThat(sink.exits).extracting(VmExit::window).containsOnly(4096);
        assertThat(summary.windowEvents()).isFalse();
    }

    /** Windows follow their events: grown at the PAUSE exit, back at the base after sched-in. */
    @Test
    void windowInForceFollowsItsEvents() {
        trace.on(0, 100, 0).entry(T, IN_LOOP).exit(T + 60, PAUSE, LOOP).window(T + 60, 3000, 6000);
        trace.entry(T + 63, IN_LOOP).exit(T + 183, PAUSE, LOOP).window(T + 184, 6000, 12000);
        trace.switchTo(T + 186, TaskState.RUNNABLE, 55).on(0, 55, 0).switchTo(T + 190, TaskState.SLEEPING, 100);
        trace.on(0, 100, 0).window(T + 190, 12000, 3000).entry(T + 192, IN_LOOP).exit(T + 252, PAUSE, LOOP);

        detect();

        assertThat(sink.exits.stream().filter(e -> e.vcpu() == ME))
                .extracting(VmExit::window)
                .containsExactly(3000, 6000, 3000);
        assertThat(episodesOf(ME)).hasSize(1);
        assertThat(episodesOf(ME).get(0).spinNs()).isEqualTo(240_000); // 60 + 120 + 60 us
        assertThat(summary.baseWindow()).isEqualTo(3000);
        assertThat(summary.unitPicos()).isBetween(19_700L, 20_300L);
    }
}
