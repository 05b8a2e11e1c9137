package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Schedules of known rates: bursts of events whose rate wanders, as lock convoys make it. */
final class SyntheticSides {
    static final int CELLS = 200;
    static final TimeGrid GRID = new TimeGrid(0, 10_000_000, CELLS);

    private SyntheticSides() {}

    /**
     * Events per cell, Poisson about a mean that is e to an autoregressive process: what the rate is now is half forgotten two cells on.
     */
    static long[] wandering(double mean, SplittableRandom random) {
        double carried = 0.7;
        double deviation = 0.5;
        long[] events = new long[CELLS];
        double state = deviation * random.nextGaussian();
        for (int cell = 0; cell < CELLS; cell++) {
            state = carried * state + deviation * Math.sqrt(1 - carried * carried) * random.nextGaussian();
            events[cell] = poisson(mean * Math.exp(state - deviation * deviation / 2), random);
        }
        return events;
    }

    private static long poisson(double mean, SplittableRandom random) {
        double time = -Math.log(1 - random.nextDouble());
        long events = 0;
        while (time < mean) {
            events++;
            time -= Math.log(1 - random.nextDouble());
        }
        return events;
    }

    static RateSeries rate(double mean, SplittableRandom random) {
        double[] seconds = new double[CELLS];
        Arrays.fill(seconds, 0.01);
        return new RateSeries(wandering(mean, random), seconds, 1);
    }

    /** One VM with many measures, each of its own. */
    static Side side(int measures, double mean, SplittableRandom random, Map<String, String> facts) {
        CellCounts counts = new CellCounts(CELLS, 1);
        for (int measure = 0; measure < measures; measure++) {
            long[] events = wandering(mean, random);
            for (int cell = 0; cell < CELLS; cell++) {
                counts.event("exits:" + measure, cell, events[cell]);
            }
        }
        for (int cell = 0; cell < CELLS; cell++) {
            counts.share(CellCounts.OBSERVED, cell, 5_000_000, 10_000_000);
        }
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "schedule", "recorded",
                "tracepoints", "kvm_entry kvm_exit sched_switch",
                "spinning", "seen",
                "events", "1000"));
        all.putAll(facts);
        return new Side(new Side.Facts(all), List.of(new Side.Vm("vm0", 1)), GRID, new ArrayList<>(List.of(counts)));
    }
}
