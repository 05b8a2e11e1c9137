package plescope.replay.testing;

import java.util.List;
import plescope.parser.event.TaskState;
import plescope.replay.spin.GuestSamples;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.spin.SpinSampler;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/** Recorded runs of one VM whose vCPUs take turns of 4 ms on one pCPU, each ended by a tick. */
public final class RoundRobin {
    public static final long SLICE_US = 4_000;

    private static final int FIRST_TID = 11;

    private RoundRobin() {}

    public static List<GuestSamples> runs(int vcpus, int rounds, long rip) {
        TraceBuilder trace = new TraceBuilder();
        for (int v = 0; v < vcpus; v++) {
            trace.named(0, FIRST_TID + v, 10, "CPU " + v + "/KVM");
        }
        for (int run = 0; run < rounds * vcpus; run++) {
            int v = run % vcpus;
            long atUs = run * SLICE_US;
            trace.on(0, FIRST_TID + v, v).entry(atUs, rip).exit(atUs + SLICE_US, TraceBuilder.INTERRUPT, rip);
            trace.switchTo(atUs + SLICE_US, TaskState.RUNNABLE, FIRST_TID + (v + 1) % vcpus);
        }
        SpinSampler sampler = new SpinSampler();
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, sampler);
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);
        trace.events().forEach(timeline::accept);
        spin.finish(timeline.finish().roster());
        return sampler.samples();
    }
}
