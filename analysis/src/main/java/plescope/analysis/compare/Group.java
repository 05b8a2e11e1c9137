package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import plescope.analysis.report.ReportException;

/** The recordings of one side: the first, and repeats of it. */
final class Group {
    private final String label;
    private final List<Side> sides;
    private final List<BlockBootstrap> bootstraps = new ArrayList<>();

    Group(String label, List<Side> sides, Criteria criteria, SplittableRandom random) {
        this.label = label;
        this.sides = List.copyOf(sides);
        for (Side side : sides) {
            int resamples = side.grid().isLongEnough() ? criteria.resamples() : 0;
            bootstraps.add(new BlockBootstrap(side.grid().cells(), TimeGrid.BLOCK_CELLS, resamples, random.split()));
        }
    }

    /** What cells hold of some VMs of the first recording together, in each recording; a repeat that lacks one is refused. */
    List<CellCounts> counts(List<Integer> vms) {
        List<CellCounts> counts = new ArrayList<>();
        for (Side side : sides) {
            List<VmPairs.Pair> same = VmPairs.of(sides.get(0).names(), side.names(), Map.of());
            counts.add(vms.stream()
                    .map(vm -> same.stream()
                            .filter(pair -> pair.a() == vm)
                            .map(pair -> side.counts().get(pair.b()))
                            .findFirst()
                            .orElseThrow(() -> new ReportException("a repeat of " + label + " has no VM '"
                                    + sides.get(0).names().get(vm) + "'")))
                    .reduce(CellCounts::plus)
                    .orElseThrow());
        }
        return counts;
    }

    /** Why a measure cannot be told of this side, else empty. */
    String missing(String measure, List<? extends Series> series, int fewest) {
        for (int i = 0; i < sides.size(); i++) {
            String name = i == 0 ? label : label + "'s repeat " + i;
            long events = series.get(i).events();
            for (String reason : Arrays.asList(
                    Needs.missing(name, sides.get(i)),
                    Needs.missing(name, sides.get(i), measure),
                    events < fewest ? name + " has " + events + " of them, too few" : "")) {
                if (!reason.isEmpty()) {
                    return reason;
                }
            }
        }
        return "";
    }

    List<Estimate> estimates(List<? extends Series> series) {
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            estimates.add(series.get(i).estimate(sides.get(i).grid(), bootstraps.get(i)));
        }
        return estimates;
    }

    /** Mean over the recordings that have one, NaN where none has. */
    static double value(List<? extends Series> series, Kind kind) {
        return series.stream()
                .filter(one -> one.events() > 0 || kind == Kind.RATE)
                .mapToDouble(Series::value)
                .average()
                .orElse(Double.NaN);
    }

    static <T> List<T> each(List<CellCounts> counts, Function<CellCounts, T> of) {
        return counts.stream().map(of).toList();
    }
}
