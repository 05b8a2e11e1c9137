package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures of one schedule after another, as if they were one: rates by the time each lasted, which is the ratio of the sums; bursts
 * from the lengths of all. Percentiles of waits are means of the windows' percentiles by time [I]: windows keep no histograms.
 * A single schedule's measures stay what they are.
 */
public final class MeasuresOverTime {
    private static final double P99 = 0.99;

    private final List<Means> vms = new ArrayList<>();
    private final Means host = new Means();
    private final List<LengthCounts> bursts = new ArrayList<>();
    private Measures last;
    private int added;

    /** Weighted sums; what a window does not show is left out, as it leaves out that window's time. */
    private static final class Means {
        private final Map<Measure, Double> sums = new EnumMap<>(Measure.class);
        private final Map<Measure, Double> weights = new EnumMap<>(Measure.class);

        void add(Map<Measure, Double> measured, double weight) {
            measured.forEach((measure, value) -> {
                if (!value.isNaN()) {
                    sums.merge(measure, value * weight, Double::sum);
                    weights.merge(measure, weight, Double::sum);
                }
            });
        }

        Map<Measure, Double> means() {
            Map<Measure, Double> means = new EnumMap<>(Measure.class);
            sums.forEach((measure, sum) -> means.put(measure, sum / weights.get(measure)));
            return means;
        }
    }

    /** Adds a schedule of that length, with VMs in the same order as in the others. */
    public void add(Measures measures, long lengthNs) {
        while (vms.size() < measures.vms().size()) {
            vms.add(new Means());
            bursts.add(LengthCounts.NONE);
        }
        for (int vm = 0; vm < measures.vms().size(); vm++) {
            vms.get(vm).add(measures.vms().get(vm), (double) lengthNs);
        }
        for (int vm = 0; vm < measures.burstLengths().size(); vm++) {
            bursts.set(vm, bursts.get(vm).and(measures.burstLengths().get(vm)));
        }
        host.add(measures.host(), (double) lengthNs);
        last = measures;
        added++;
    }

    /** What all of them came to. */
    public Measures measures() {
        if (added == 1) {
            return last;
        }
        List<Map<Measure, Double>> means = new ArrayList<>();
        LengthCounts all = LengthCounts.NONE;
        for (int vm = 0; vm < vms.size(); vm++) {
            means.add(withBursts(vms.get(vm).means(), bursts.get(vm)));
            all = all.and(bursts.get(vm));
        }
        return new Measures(means, withBursts(host.means(), all), bursts);
    }

    private static Map<Measure, Double> withBursts(Map<Measure, Double> means, LengthCounts lengths) {
        if (lengths.different() > 0) {
            means.put(Measure.BURST_MEAN, lengths.mean());
            means.put(Measure.BURST_P99, lengths.quantile(P99));
        }
        return means;
    }
}
