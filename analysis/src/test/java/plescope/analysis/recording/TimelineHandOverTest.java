package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import plescope.parser.event.Eoi;
import plescope.parser.event.ExitReason;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.Wakeup;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/** What is told on another thread is what was told. */
final class TimelineHandOverTest {
    private static final int KINDS = 8;
    private static final ExitReason REASON = new ExitReason(ExitReason.Isa.SVM, 0x77, "pause", ExitReason.Family.PAUSE);

    /** Writes down every call with all it was given. */
    private record Calls(List<String> told) implements TimelineSink {
        @Override
        public void interval(VcpuInterval interval) {
            told.add("interval " + interval);
        }

        @Override
        public void vcpuEvent(int vcpu, TraceEvent event) {
            told.add("event " + vcpu + " " + event);
        }

        @Override
        public void entered(int vcpu, KvmEntry entry) {
            told.add("entered " + vcpu + " " + entry);
        }

        @Override
        public void exited(int vcpu, KvmExit exit) {
            told.add("exited " + vcpu + " " + exit);
        }

        @Override
        public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {
            told.add("switch " + prevVcpu + " " + nextVcpu + " " + event);
        }

        @Override
        public void wakeup(Wakeup wakeup) {
            told.add("wakeup " + wakeup);
        }

        @Override
        public void broken(int vcpu, long timeNs, long line) {
            told.add("broken " + vcpu + " " + timeNs + " " + line);
        }

        @Override
        public void grouped(VmGrouping grouping) {
            told.add("grouped " + System.identityHashCode(grouping));
        }
    }

    private static void tell(SplittableRandom random, int i, TimelineSink sink) {
        int vcpu = random.nextInt(16);
        int other = random.nextInt(16) - 1;
        switch (random.nextInt(KINDS)) {
            case 0 -> sink.interval(new VcpuInterval(vcpu, VcpuState.GUEST, 1, i, i + 1L, Origin.RECORDED));
            case 1 -> sink.vcpuEvent(vcpu, new Eoi(i, 1, 100 + vcpu, i + 1L, vcpu, 0xfd));
            case 2 -> sink.entered(vcpu, new KvmEntry(i, 1, 100 + vcpu, i + 1L, vcpu, 0x1000));
            case 3 -> sink.exited(vcpu, new KvmExit(i, 1, 100 + vcpu, i + 1L, vcpu, REASON, 0x1000));
            case 4 ->
                sink.contextSwitch(
                        new SchedSwitch(i, 1, 7, i + 1L, 100 + vcpu, 120, TaskState.RUNNABLE, 100 + other, 120),
                        vcpu,
                        other);
            case 5 -> sink.wakeup(new Wakeup(vcpu, i, 7, other, 1, Wakeup.Source.THREAD, i + 1L));
            case 6 -> sink.broken(vcpu, i, i + 1L);
            default -> sink.grouped(VmGrouping.NONE);
        }
    }

    /** Enough for ten batches and a rest, more than are ever under way. */
    @Test
    void everyCallComesOnceInOrderWithAllItWasGiven() {
        int count = 10 * TimelineBatch.LIMIT + 1_234;
        List<String> direct = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < count; i++) {
            tell(random, i, new Calls(direct));
        }
        List<String> aside = new ArrayList<>();
        SplittableRandom again = new SplittableRandom(7);
        try (TimelineHandOver handOver = new TimelineHandOver("timeline-test", new Calls(aside))) {
            for (int i = 0; i < count; i++) {
                tell(again, i, handOver);
            }
            handOver.finish();
        }
        assertThat(aside).isEqualTo(direct).hasSize(count);
        assertThat(direct.stream()
                        .map(call -> call.substring(0, call.indexOf(' ')))
                        .collect(Collectors.toSet()))
                .hasSize(KINDS);
    }
}
