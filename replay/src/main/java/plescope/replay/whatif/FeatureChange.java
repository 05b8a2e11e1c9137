package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.policy.EditDistance;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.scheduler.KernelFeature;

/**
 * Scheduler features switched, as by writing {@code NO_NEXT_BUDDY} to {@code /sys/kernel/debug/sched/features}.
 *
 * @param switches by the kernel's name, whether it is on
 */
record FeatureChange(Map<String, Boolean> switches) implements Change {
    private static final String OFF = "NO_";

    FeatureChange {
        switches = new TreeMap<>(switches);
    }

    static FeatureChange read(String text) {
        Map<String, Boolean> switches = new TreeMap<>();
        for (String word : text.split(",", -1)) {
            String feature = word.strip();
            boolean on = !feature.startsWith(OFF);
            String name = on ? feature : feature.substring(OFF.length());
            List<String> known = known();
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the simulated schedulers have no feature '" + name
                        + "', nearest is '" + EditDistance.nearest(name, known) + "'; they have "
                        + String.join(", ", known));
            }
            if (switches.put(name, on) != null) {
                throw new IllegalArgumentException("'" + name + "' is named twice");
            }
        }
        return new FeatureChange(switches);
    }

    /** Of any kernel. */
    private static List<String> known() {
        List<String> names = new ArrayList<>();
        for (KernelFeature feature : KernelFeature.values()) {
            for (SchedulerVersion version : SchedulerVersion.values()) {
                if (feature.switchableIn(version) && !names.contains(feature.name())) {
                    names.add(feature.name());
                }
            }
        }
        return names;
    }

    @Override
    public Experiment apply(Experiment to) {
        SchedulerTuning tuning = to.host().tuning();
        for (Map.Entry<String, Boolean> feature : switches.entrySet()) {
            tuning = tuning.with(feature.getKey(), feature.getValue());
        }
        return to.with(to.host().withTuning(tuning));
    }

    @Override
    public String toString() {
        return "features="
                + switches.entrySet().stream()
                        .map(feature -> (feature.getValue() ? "" : OFF) + feature.getKey())
                        .collect(Collectors.joining(","));
    }
}
