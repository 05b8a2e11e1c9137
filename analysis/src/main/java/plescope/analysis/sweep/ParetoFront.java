package plescope.analysis.sweep;

import java.util.List;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;

/**
 * The what-ifs that no other beats in throughput, fairness and the 99th percentile of lock waits at once. Two are compared in what the
 * schedules of both show.
 */
final class ParetoFront {
    static final List<Measure> GOALS = List.of(Measure.THROUGHPUT, Measure.FAIRNESS, Measure.LOCK_WAIT_P99);

    private ParetoFront() {}

    /** Which of these are on the front; equals are on it together. */
    static boolean[] of(List<Measures> replayed) {
        boolean[] front = new boolean[replayed.size()];
        for (int i = 0; i < front.length; i++) {
            Measures cell = replayed.get(i);
            front[i] = replayed.stream().noneMatch(rival -> dominates(rival, cell));
        }
        return front;
    }

    private static boolean dominates(Measures rival, Measures cell) {
        boolean somewhereBetter = false;
        for (Measure goal : GOALS) {
            double rivals = value(rival, goal);
            double cells = value(cell, goal);
            boolean less = goal.better() == Measure.Better.LESS;
            if (less ? rivals > cells : rivals < cells) {
                return false;
            }
            somewhereBetter |= less ? rivals < cells : rivals > cells;
        }
        return somewhereBetter;
    }

    private static double value(Measures measures, Measure goal) {
        return measures.host().getOrDefault(goal, Double.NaN);
    }
}
