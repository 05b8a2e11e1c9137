package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures of one schedule after another, as if they were one: rates by the time each lasted, which is the ratio of the sums; bursts
 * from the lengths of all. Percentiles of waits are means of the windows' percentiles by time [I]: windows keep no histograms.
 */
final class MeasuresOverTime {
    private static final double P99 = 0.99;

    private final List<Means> vms = new ArrayList<>();
    private final Means host = new Means();
    private final List<int[]> bursts = new ArrayList<>();

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
    void add(Measures measures, long lengthNs) {
        while (vms.size() < measures.vms().size()) {
            vms.add(new Means());
            bursts.add(new int[0]);
        }
        for (int vm = 0; vm < measures.vms().size(); vm++) {
            vms.get(vm).add(measures.vms().get(vm), (double) lengthNs);
            bursts.set(vm, joined(bursts.get(vm), measures.burstLengths().get(vm)));
        }
        host.add(measures.host(), (double) lengthNs);
    }

    private static int[] joined(int[] one, int[] two) {
        int[] all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }

    Measures measures() {
        List<Map<Measure, Double>> means = new ArrayList<>();
        int[] all = new int[0];
        for (int vm = 0; vm < vms.size(); vm++) {
            Arrays.sort(bursts.get(vm));
            means.add(withBursts(vms.get(vm).means(), bursts.get(vm)));
            all = joined(all, bursts.get(vm));
        }
        Arrays.sort(all);
        return new Measures(means, withBursts(host.means(), all), bursts);
    }

    private static Map<Measure, Double> withBursts(Map<Measure, Double> means, int[] lengths) {
        if (lengths.length > 0) {
            means.put(
                    Measure.BURST_MEAN,
                    (double) Arrays.stream(lengths).asLongStream().sum() / lengths.length);
            int rank = Math.max(1, (int) StrictMath.ceil(P99 * lengths.length));
            means.put(Measure.BURST_P99, (double) lengths[rank - 1]);
        }
        return means;
    }
}
