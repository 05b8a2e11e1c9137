package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a schedule without PLE exits came to, once its guests' spin is told from their work: metered alone, all guest time counts as
 * work.
 */
public final class SampledMeasures {
    private SampledMeasures() {}

    /**
     * The same with less {@link Measure#THROUGHPUT} and as much more {@link Measure#SPIN}.
     *
     * @param workShare by dense VM id, what of its metered work was work
     */
    public static Measures of(Measures metered, List<Double> workShare) {
        List<Map<Measure, Double>> vms = new ArrayList<>();
        Map<Measure, Double> host = copy(metered.host());
        for (int vm = 0; vm < metered.vms().size(); vm++) {
            Map<Measure, Double> measures = copy(metered.vms().get(vm));
            double moved = measures.getOrDefault(Measure.THROUGHPUT, 0.0) * (1 - workShare.get(vm));
            move(measures, moved);
            move(host, moved);
            vms.add(measures);
        }
        return new Measures(vms, host, metered.burstLengths());
    }

    private static void move(Map<Measure, Double> measures, double rate) {
        if (rate > 0 && measures.containsKey(Measure.THROUGHPUT)) {
            measures.merge(Measure.THROUGHPUT, -rate, Double::sum);
            measures.merge(Measure.SPIN, rate, Double::sum);
        }
    }

    private static Map<Measure, Double> copy(Map<Measure, Double> of) {
        Map<Measure, Double> copy = new EnumMap<>(Measure.class);
        copy.putAll(of);
        return copy;
    }
}
