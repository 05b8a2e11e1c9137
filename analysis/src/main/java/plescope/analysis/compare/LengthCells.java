package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Gathers lengths by cell and bin. */
final class LengthCells {
    private final List<TreeMap<Integer, Integer>> cells = new ArrayList<>();

    LengthCells(int cells) {
        for (int cell = 0; cell < cells; cell++) {
            this.cells.add(new TreeMap<>());
        }
    }

    void add(int cell, int bin, int count) {
        cells.get(cell).merge(Math.min(bin, LengthSeries.BINS - 1), count, Math::addExact);
    }

    void addAll(LengthCells other) {
        for (int cell = 0; cell < cells.size(); cell++) {
            int at = cell;
            other.cells.get(cell).forEach((bin, count) -> add(at, bin, count));
        }
    }

    LengthSeries quantile(double quantile) {
        List<int[]> bins = new ArrayList<>();
        List<int[]> counts = new ArrayList<>();
        for (TreeMap<Integer, Integer> cell : cells) {
            bins.add(cell.keySet().stream().mapToInt(Integer::intValue).toArray());
            counts.add(cell.values().stream().mapToInt(Integer::intValue).toArray());
        }
        return new LengthSeries(quantile, bins, counts);
    }
}
