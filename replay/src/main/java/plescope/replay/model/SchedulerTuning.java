package plescope.replay.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a host's administrator changed of its fair scheduler: files of {@code /sys/kernel/debug/sched}. Names are the kernel's;
 * which of them a kernel has is known to its scheduler, which refuses others.
 *
 * @param features by name as in {@code features}, whether it is on; all others are as the kernel has them
 * @param numbers by file name, such as {@code base_slice_ns}, its value, which no number of pCPUs scales
 */
public record SchedulerTuning(Map<String, Boolean> features, Map<String, Long> numbers) {
    /** Nothing changed. */
    public static final SchedulerTuning DEFAULT = new SchedulerTuning(Map.of(), Map.of());

    public SchedulerTuning {
        features = Map.copyOf(features);
        numbers = Map.copyOf(numbers);
    }

    /** This with one more feature switched. */
    public SchedulerTuning with(String feature, boolean on) {
        Map<String, Boolean> more = new TreeMap<>(features);
        more.put(feature, on);
        return new SchedulerTuning(more, numbers);
    }

    /** This with one more number set. */
    public SchedulerTuning with(String number, long value) {
        Map<String, Long> more = new TreeMap<>(numbers);
        more.put(number, value);
        return new SchedulerTuning(features, more);
    }
}
