package plescope.analysis.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the cells of one VM hold, or of several together. */
final class CellCounts {
    /** Its wholes are the time in which the VM's vCPUs were seen. */
    static final String OBSERVED = "guest_work";

    /** Seconds of guest work per second and VM, as replays measure it. */
    static final String THROUGHPUT = "throughput";

    private static final double NS_PER_SECOND = 1e9;

    private final int cells;
    private final int vcpus;
    private final Map<String, long[]> events = new TreeMap<>();
    private final Map<String, long[]> parts = new TreeMap<>();
    private final Map<String, long[]> wholes = new TreeMap<>();
    private final Map<String, LengthCells> lengths = new TreeMap<>();

    CellCounts(int cells, int vcpus) {
        this.cells = cells;
        this.vcpus = vcpus;
    }

    void event(String measure, int cell, long count) {
        events.computeIfAbsent(measure, any -> new long[cells])[cell] += count;
    }

    void share(String measure, int cell, long part, long whole) {
        parts.computeIfAbsent(measure, any -> new long[cells])[cell] += part;
        wholes.computeIfAbsent(measure, any -> new long[cells])[cell] += whole;
    }

    void length(String measure, int cell, int bin, int count) {
        lengths.computeIfAbsent(measure, any -> new LengthCells(cells)).add(cell, bin, count);
    }

    /** Both together. */
    CellCounts plus(CellCounts other) {
        CellCounts sum = new CellCounts(cells, vcpus + other.vcpus);
        for (CellCounts one : new CellCounts[] {this, other}) {
            one.events.forEach((measure, counts) -> merge(sum.events, measure, counts));
            one.parts.forEach((measure, counts) -> merge(sum.parts, measure, counts));
            one.wholes.forEach((measure, counts) -> merge(sum.wholes, measure, counts));
            one.lengths.forEach((measure, of) -> sum.lengths
                    .computeIfAbsent(measure, any -> new LengthCells(cells))
                    .addAll(of));
        }
        return sum;
    }

    private void merge(Map<String, long[]> into, String measure, long[] counts) {
        long[] sum = into.computeIfAbsent(measure, any -> new long[cells]);
        Arrays.setAll(sum, cell -> sum[cell] + counts[cell]);
    }

    /** Measures of a kind that there are. */
    Iterable<String> measures(Kind kind) {
        return switch (kind) {
            case RATE -> rates();
            case SHARE -> parts.keySet();
            case LENGTH -> lengths.keySet();
        };
    }

    private Set<String> rates() {
        Set<String> rates = new TreeSet<>(events.keySet());
        if (parts.containsKey(OBSERVED)) {
            rates.add(THROUGHPUT);
        }
        return rates;
    }

    /** What never happened has a rate too, of 0. */
    RateSeries rate(String measure) {
        long[] observed = wholes.getOrDefault(OBSERVED, new long[cells]);
        double[] seconds = Arrays.stream(observed)
                .mapToDouble(ns -> ns / NS_PER_SECOND / vcpus)
                .toArray();
        return measure.equals(THROUGHPUT)
                ? new RateSeries(parts.getOrDefault(OBSERVED, new long[cells]), seconds, NS_PER_SECOND)
                : new RateSeries(events.getOrDefault(measure, new long[cells]), seconds, 1);
    }

    ShareSeries share(String measure) {
        return new ShareSeries(
                parts.getOrDefault(measure, new long[cells]), wholes.getOrDefault(measure, new long[cells]));
    }

    LengthSeries length(String measure, double quantile) {
        LengthCells of = lengths.getOrDefault(measure, new LengthCells(cells));
        return of.quantile(quantile);
    }
}
