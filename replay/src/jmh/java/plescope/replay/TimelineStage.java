package plescope.replay;

import java.util.List;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TraceEvent;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.Wakeup;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.timeline.TimelineSink;
import plescope.replay.timeline.VmGrouping;

/** How far events are taken. */
public enum TimelineStage {
    /** State intervals alone. */
    TIMELINE {
        @Override
        void run(List<TraceEvent> events) {
            TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, new NullTimeline());
            events.forEach(timeline::accept);
            timeline.finish();
        }
    },

    /** And spin episodes, yields, waits and IPIs. */
    SPIN {
        @Override
        void run(List<TraceEvent> events) {
            spin(events, new NullSink());
        }
    },

    /** The same with two readers of the schedule behind it, as when a log is stored and its workload kept. */
    TWO_READERS {
        @Override
        void run(List<TraceEvent> events) {
            spin(events, ScheduleSink.both(new NullSink(), new NullSink()));
        }
    };

    abstract void run(List<TraceEvent> events);

    private static void spin(List<TraceEvent> events, ScheduleSink out) {
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, out);
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);
        events.forEach(timeline::accept);
        spin.finish(timeline.finish().roster());
    }

    /** Throws the timeline away. */
    private static final class NullTimeline implements TimelineSink {
        @Override
        public void interval(VcpuInterval interval) {}

        @Override
        public void vcpuEvent(int vcpu, TraceEvent event) {}

        @Override
        public void contextSwitch(SchedSwitch event, int prevVcpu, int nextVcpu) {}

        @Override
        public void wakeup(Wakeup wakeup) {}

        @Override
        public void broken(int vcpu, long timeNs, long line) {}

        @Override
        public void grouped(VmGrouping grouping) {}
    }
}
