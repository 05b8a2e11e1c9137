package plescope.replay.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plescope.replay.testing.TraceBuilder.HLT;
import static plescope.replay.testing.TraceBuilder.INTERRUPT;
import static plescope.replay.testing.TraceBuilder.PAUSE;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.Roster;
import plescope.replay.model.Wakeup;
import plescope.replay.testing.RecordingTimelineSink;
import plescope.replay.testing.TraceBuilder;

class TimelineBuilderTest {
    private static final long LOOP = 0xffffffff81000090L;
    private final RecordingTimelineSink sink = new RecordingTimelineSink();
    private final TraceBuilder trace = new TraceBuilder();

    private TimelineSummary build() {
        return build(trace.events());
    }

    private TimelineSummary build(List<TraceEvent> events) {
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, sink);
        events.forEach(builder::accept);
        return builder.finish();
    }

    /** A spinner exits, yields to its sibling, comes back; the sibling's first event comes after its switch-in. */
    @Test
    void spinnerYieldsToPreemptedSibling() {
        trace.on(0, 100, 0).entry(0, LOOP + 2).exit(66, PAUSE, LOOP).switchTo(70, TaskState.RUNNABLE, 101);
        trace.on(0, 101, 1).window(71, 6000, 3000).entry(73, LOOP + 2);
        trace.exit(140, PAUSE, LOOP).switchTo(144, TaskState.RUNNABLE, 100);
        trace.on(0, 100, 0).entry(147, LOOP + 2).exit(200, PAUSE, LOOP);

        TimelineSummary summary = build();

        assertThat(sink.story(0))
                .containsExactly("GUEST 0..66", "HOST 66..70", "PREEMPTED 70..144", "HOST 144..147", "GUEST 147..200");
        assertThat(sink.story(1))
                .containsExactly(
                        "UNKNOWN 0..73",
                        "GUEST 73..140",
                        "HOST 140..144",
                        "PREEMPTED 144..200".replace("PREEMPTED", "UNKNOWN~"));
        assertThat(summary.findings()).isEmpty();
    }

    @Test
    void moreVcpusThanAnyHostRunsAreRefused() {
        TimelineBuilder builder = new TimelineBuilder(ThreadMap.EMPTY, sink);
        for (int i = 0; i < 1 << 15; i++) {
            builder.accept(new KvmEntry(i, 0, 100 + i, i + 1, 0, LOOP));
        }
        assertThatThrownBy(() -> builder.accept(new KvmEntry(1 << 15, 0, 99, 1, 0, LOOP)))
                .isInstanceOf(TooManyVcpusException.class)
                .hasMessageContaining("more than 32768 vCPU threads");
    }

    /** HLT, sleep, wake-up by the sibling's IPI, wait for the pCPU, run. */
    @Test
    void haltedVcpuBlocksThenWaitsThenRuns() {
        trace.on(0, 100, 0).entry(0, LOOP).exit(10, HLT, LOOP).switchTo(15, TaskState.SLEEPING, 101);
        trace.on(0, 101, 1)
                .entry(20, LOOP)
                .exit(30, TraceBuilder.MSR, LOOP)
                .ipi(31, 0, 253)
                .wake(32, 100, 0)
                .entry(34, LOOP);
        trace.exit(40, INTERRUPT, LOOP).switchTo(45, TaskState.RUNNABLE, 100);
        trace.on(0, 100, 0).entry(50, LOOP).exit(60, HLT, LOOP);

        build();

        assertThat(sink.story(0))
                .containsExactly(
                        "GUEST 0..10",
                        "HOST 10..15",
                        "BLOCKED 15..32",
                        "WAITING 32..45",
                        "HOST 45..50",
                        "GUEST 50..60");
        assertThat(sink.wakeups).hasSize(1);
        assertThat(sink.wakeups.get(0).source()).isEqualTo(Wakeup.Source.SIBLING);
    }

    /** "poll time 8000 ns" 20 us after the HLT: 2 us of handling, then 8 us polling up to the event. */
    @Test
    void successfulHaltPollIsAStateOfItsOwn() {
        trace.on(0, 100, 0)
                .entry(0, LOOP)
                .exit(10, HLT, LOOP)
                .polled(20, 8)
                .entry(21, LOOP)
                .exit(30, HLT, LOOP);

        build();

        assertThat(sink.story(0))
                .containsExactly("GUEST 0..10", "HOST 10..12", "HALT_POLL 12..20", "HOST 20..21", "GUEST 21..30");
    }

    /** Leaving the pCPU while in the guest is impossible: the exit was lost. The stretch is unknown, not bridged. */
    @Test
    void switchOutOfTheGuestIsAViolation() {
        trace.on(0, 100, 0).entry(0, LOOP).switchTo(50, TaskState.RUNNABLE, 7);
        trace.on(0, 7, 0).switchTo(60, TaskState.SLEEPING, 100);
        trace.on(0, 100, 0).entry(62, LOOP).exit(70, PAUSE, LOOP);

        TimelineSummary summary = build();

        assertThat(sink.story(0)).containsExactly("UNKNOWN~ 0..50", "PREEMPTED 50..60", "HOST 60..62", "GUEST 62..70");
        assertThat(summary.findings()).containsExactly("1 x stretch unknown because the log contradicts itself");
        assertThat(sink.breaks).isEqualTo(1);
    }

    @Test
    void entriesAndExitsWithoutPartnersAreCounted() {
        trace.on(0, 100, 0).exit(5, PAUSE, LOOP); // in the guest when the log began
        trace.entry(10, LOOP).entry(20, LOOP).exit(30, PAUSE, LOOP); // fast-path re-entry
        trace.exit(50, PAUSE, LOOP).entry(60, LOOP).exit(70, PAUSE, LOOP); // the entry between 30 and 50 is lost
        trace.on(0, 7, 0).switchTo(80, TaskState.SLEEPING, 0);

        TimelineSummary summary = build();

        assertThat(sink.story(0))
                .containsExactly(
                        "UNKNOWN 0..5",
                        "HOST 5..10",
                        "GUEST 10..30",
                        "UNKNOWN~ 30..50",
                        "HOST 50..60",
                        "GUEST 60..70",
                        "UNKNOWN~ 70..80");
        assertThat(summary.findings())
                .containsExactly(
                        "1 x kvm_entry without a kvm_exit before it",
                        "1 x kvm_exit without a kvm_entry before it",
                        "1 x vCPU already in the guest when the log begins");
    }

    /** pCPU 0 loses events at 40 (its last was at 20): vCPU 0 is unknown from 20 on, vCPU 1 on pCPU 1 is not touched. */
    @Test
    void lossBreaksTheThreadsOfItsPcpuOnly() {
        trace.on(0, 100, 0).entry(10, LOOP);
        trace.on(1, 101, 1).entry(15, LOOP);
        trace.on(0, 7, 0).wake(20, 9, 0);
        trace.lost(40, 0, 3);
        trace.on(0, 100, 0).entry(50, LOOP).exit(60, PAUSE, LOOP);
        trace.on(1, 101, 1).exit(70, PAUSE, LOOP);

        TimelineSummary summary = build();

        assertThat(sink.story(0))
                .containsExactly("UNKNOWN 0..10", "GUEST 10..20", "UNKNOWN~ 20..50", "GUEST 50..60", "UNKNOWN~ 60..70");
        assertThat(sink.story(1)).containsExactly("UNKNOWN 0..15", "GUEST 15..70");
        assertThat(summary.lostSpans()).isEqualTo(1);
    }

    /** No sched_switch at all: vCPU 1 enters on pCPU 0, so vCPU 0 must have left it. */
    @Test
    void withoutSchedEventsOccupancyFollowsFromEntries() {
        trace.on(0, 100, 0).entry(0, LOOP).exit(5, PAUSE, LOOP);
        trace.on(0, 101, 1).entry(27, LOOP).exit(32, PAUSE, LOOP);
        trace.on(0, 100, 0).entry(54, LOOP).exit(59, PAUSE, LOOP);

        TimelineSummary summary = build();

        assertThat(sink.story(0)).containsExactly("GUEST 0..5", "HOST 5..27", "PREEMPTED~ 27..54", "GUEST 54..59");
        assertThat(summary.findings())
                .containsExactly("no sched_switch events: who ran where is inferred from VM entries");
    }

    /** A log by one thread on one pCPU: {@code from} to {@code to} alternate exit and entry. */
    private void slide(long[] us) {
        trace.on(6, 2679, 2);
        for (int i = 0; i < us.length; i++) {
            if (i % 2 == 0) {
                trace.exit(us[i], PAUSE, LOOP);
            } else {
                trace.entry(us[i], LOOP + 2);
            }
        }
    }

    private static final long[] BLOCK_1 = {
        0, 35, 39, 61, 65, 87, 91, 113, 117, 139, 143, 165, 170, 191, 196, 217, 222, 243, 248, 269, 274
    };
    private static final long[] BLOCK_4 = {
        0, 35, 39, 61, 65, 87, 91, 113, 117, 121, 125, 129, 133, 137, 141, 145, 149, 153, 157, 161, 165, 169, 173, 177
    };

    /** The published trace of a 5.6 host: 10 runs of 4-5 us, root spans of 35 and nine times 21-22 us, no sched events. */
    @Test
    void publishedTraceIsACleanAlternation() {
        slide(BLOCK_1);

        TimelineSummary summary = build();

        assertThat(sink.story(0))
                .startsWith("HOST 0..35", "GUEST 35..39", "HOST 39..61")
                .hasSize(20);
        assertThat(sink.story(0)).noneMatch(s -> s.startsWith("UNKNOWN"));
        assertThat(summary.entryAfterEntry() + summary.exitAfterExit() + summary.violations())
                .isZero();
        assertThat(summary.exitWithoutEntry()).isEqualTo(1);
    }

    /** Its fourth printing gives the same vCPU other times from 117 us on: together they contradict each other. */
    @Test
    void contradictoryPrintingsAreNotBridged() {
        slide(BLOCK_1);
        slide(BLOCK_4);
        List<TraceEvent> merged = new java.util.ArrayList<>(trace.events());
        merged.sort(java.util.Comparator.comparingLong(TraceEvent::timestampNs));

        TimelineSummary summary = build(merged);

        assertThat(summary.exitAfterExit()).isPositive();
        assertThat(summary.entryAfterEntry()).isPositive();
        assertThat(sink.story(0)).anyMatch(s -> s.startsWith("UNKNOWN~"));
        assertThat(sink.breaks).isEqualTo((int) summary.exitAfterExit());
        assertThat(summary.findings()).contains(summary.exitAfterExit() + " x kvm_exit without a kvm_entry before it");
    }

    /** The same number twice means two VMs; neighbouring tids go together; the lowest tid names vm0. */
    @Test
    void repeatedVcpuNumbersMeanTwoVms() {
        int[][] threads = {{141, 0}, {137, 0}, {138, 1}, {142, 1}};
        for (int i = 0; i < threads.length; i++) {
            trace.on(0, threads[i][0], threads[i][1]).entry(i * 10L, LOOP).exit(i * 10L + 4, PAUSE, LOOP);
        }

        Roster roster = build().roster();

        assertThat(roster.vcpus())
                .extracting(v -> roster.label(v.index()) + "=" + v.tid())
                .containsExactly("vm1/vcpu0=141", "vm0/vcpu0=137", "vm0/vcpu1=138", "vm1/vcpu1=142");
        assertThat(roster.vms()).allMatch(vm -> vm.grouping() == Roster.Grouping.INFERRED);
    }

    @Test
    void processIdsBeatNeighbourhood() {
        trace.on(0, 10, 0).named(0, 10, 1, "CPU 0/KVM").named(0, 11, 2, "CPU 0/KVM");
        trace.named(0, 12, 2, "CPU 1/KVM").named(0, 13, 1, "CPU 1/KVM").named(0, 5, 5, "bash");
        for (int tid = 10; tid < 14; tid++) {
            trace.on(0, tid, (tid - 10) / 2).entry(tid * 10L, LOOP).exit(tid * 10L + 4, PAUSE, LOOP);
        }

        Roster roster = build().roster();

        assertThat(roster.vcpus())
                .extracting(v -> roster.label(v.index()))
                .containsExactly("vm0/vcpu0", "vm1/vcpu0", "vm1/vcpu1", "vm0/vcpu1");
        assertThat(roster.threads()).containsExactly(new Roster.HostThread(5, 5, "bash"));
        assertThat(roster.vms()).allMatch(vm -> vm.grouping() == Roster.Grouping.TGID);
    }

    @Test
    void vcpuNumbersAreReadFromThreadNames() {
        assertThat(ThreadNames.vcpuNumber("CPU 12/KVM")).isEqualTo(12);
        assertThat(ThreadNames.vcpuNumber("fc_vcpu 1")).isEqualTo(1);
        assertThat(ThreadNames.vcpuNumber("kvm-vcpu-3")).isEqualTo(3);
        assertThat(ThreadNames.vcpuNumber("vcpu7")).isEqualTo(7);
        assertThat(ThreadNames.vcpuNumber("vhost-123")).isEqualTo(-1);
        assertThat(ThreadNames.vcpuNumber("CPU x/KVM")).isEqualTo(-1);
    }
}
