package plescope.replay;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import plescope.parser.event.TraceEvent;

/**
 * What one event costs up to each {@link TimelineStage}, by CPU time and allocation of the thread: on a machine that others use too,
 * only ratios of such times mean anything. The best of the rounds counts.
 *
 * <p>Arguments: a stage or {@code ALL}, and inputs as {@link TimelineInput} names them. Stages and inputs that share a process also share
 * what the JIT believes about their common code; published figures are of one each.
 */
public final class TimelineLadder {
    /** The JIT takes some seconds until it knows this much code. */
    private static final int ROUNDS = 60;
    /** Each measurement handles at least so many events, so that small logs count their warm-up as large ones do. */
    private static final int MIN_EVENTS = 500_000;

    private TimelineLadder() {}

    public static void main(String[] args) throws IOException {
        List<TimelineStage> stages =
                args[0].equals("ALL") ? List.of(TimelineStage.values()) : List.of(TimelineStage.valueOf(args[0]));
        for (String input : List.of(args).subList(1, args.length)) {
            List<TraceEvent> events = TimelineInput.read(input);
            for (TimelineStage stage : stages) {
                measure(input, stage, events);
            }
        }
    }

    private static void measure(String input, TimelineStage stage, List<TraceEvent> events) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int repeats = Math.max(1, MIN_EVENTS / events.size());
        double bestNs = Double.MAX_VALUE;
        double bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < repeats; i++) {
                stage.run(events);
            }
            double count = (double) repeats * events.size();
            bytes = (threads.getCurrentThreadAllocatedBytes() - allocated) / count;
            bestNs = Math.min(bestNs, (threads.getCurrentThreadCpuTime() - begin) / count);
        }
        System.out.printf(
                Locale.ROOT, "%-11s %8d events %6.1f ns %6.1f B  %s%n", stage, events.size(), bestNs, bytes, input);
    }
}
