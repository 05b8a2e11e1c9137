package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Compares two schedules, measure by measure, VM by VM. */
public final class SideBySide {
    /** All VMs that have a counterpart, together. */
    public static final String HOST = "host";

    /** Quantiles of lengths that are compared, each with the fewest lengths that tell it. */
    private static final Map<Integer, Integer> QUANTILES = Map.of(50, 20, 99, 500);

    /** Of parts of fewer things than this nothing is said. */
    private static final int FEWEST = 30;

    private final Side a;
    private final Side b;
    private final Criteria criteria;
    private final BlockBootstrap bootstrapA;
    private final BlockBootstrap bootstrapB;

    private SideBySide(Side a, Side b, Criteria criteria) {
        this.a = a;
        this.b = b;
        this.criteria = criteria;
        SplittableRandom random = new SplittableRandom(criteria.seed());
        this.bootstrapA = bootstrap(a.grid(), random.split());
        this.bootstrapB = bootstrap(b.grid(), random.split());
    }

    private BlockBootstrap bootstrap(TimeGrid grid, SplittableRandom random) {
        int resamples = grid.isLongEnough() ? criteria.resamples() : 0;
        return new BlockBootstrap(grid.cells(), TimeGrid.BLOCK_CELLS, resamples, random);
    }

    /**
     * Reads both sides and compares them.
     *
     * @param told which VM of the first is which of the second, where names do not say it
     */
    public static Comparison of(SideReader first, SideReader second, Map<String, String> told, Criteria criteria) {
        Side.Facts factsA = first.facts();
        Side.Facts factsB = second.facts();
        boolean byFamily = !factsA.text("virtualisation").equals(factsB.text("virtualisation"));
        boolean settled = !factsA.isRecorded() || !factsB.isRecorded();
        Side a = first.read(factsA, SideReader.grid(factsA, settled), byFamily);
        Side b = second.read(factsB, SideReader.grid(factsB, settled), byFamily);
        return compare(a, b, told, criteria);
    }

    static Comparison compare(Side a, Side b, Map<String, String> told, Criteria criteria) {
        List<VmPairs.Pair> pairs = VmPairs.of(names(a), names(b), told);
        SideBySide both = new SideBySide(a, b, criteria);
        List<Difference> raw = new ArrayList<>();
        if (pairs.size() > 1) {
            CellCounts allA = pairs.stream()
                    .map(p -> a.counts().get(p.a()))
                    .reduce(CellCounts::plus)
                    .orElseThrow();
            CellCounts allB = pairs.stream()
                    .map(p -> b.counts().get(p.b()))
                    .reduce(CellCounts::plus)
                    .orElseThrow();
            both.scope(HOST, allA, allB, raw);
        }
        for (VmPairs.Pair pair : pairs) {
            both.scope(pair.name(), a.counts().get(pair.a()), b.counts().get(pair.b()), raw);
        }
        return new Comparison(a, b, pairs, both.judged(raw), criteria);
    }

    private static List<String> names(Side side) {
        return side.vms().stream().map(Side.Vm::name).toList();
    }

    private void scope(String name, CellCounts left, CellCounts right, List<Difference> into) {
        for (Kind kind : Kind.values()) {
            TreeSet<String> measures = new TreeSet<>();
            left.measures(kind).forEach(measures::add);
            right.measures(kind).forEach(measures::add);
            for (String measure : measures) {
                switch (kind) {
                    case RATE -> into.add(difference(name, measure, kind, left.rate(measure), right.rate(measure), 0));
                    case SHARE ->
                        into.add(difference(name, measure, kind, left.share(measure), right.share(measure), FEWEST));
                    case LENGTH ->
                        QUANTILES.keySet().stream()
                                .sorted()
                                .forEach(q -> into.add(length(name, measure, q, left, right)));
                }
            }
        }
    }

    private Difference length(String name, String measure, int percent, CellCounts left, CellCounts right) {
        return difference(
                name,
                measure + "_p" + percent + "_us",
                Kind.LENGTH,
                left.length(measure, percent / 100.0),
                right.length(measure, percent / 100.0),
                QUANTILES.get(percent));
    }

    private Difference difference(String scope, String measure, Kind kind, Series left, Series right, int fewest) {
        double valueA = left.events() > 0 || kind == Kind.RATE ? left.value() : Double.NaN;
        double valueB = right.events() > 0 || kind == Kind.RATE ? right.value() : Double.NaN;
        String missing = missing(measure, left, right, fewest);
        if (!missing.isEmpty()) {
            return Difference.untold(scope, measure, kind, valueA, valueB, missing);
        }
        Estimate of = left.estimate(a.grid(), bootstrapA);
        Estimate to = right.estimate(b.grid(), bootstrapB);
        double level = to.level() - of.level();
        double deviation = Math.sqrt(of.variance() + to.variance());
        double degrees = degrees(
                of.variance(), a.grid().blocks() - 1.0, to.variance(), b.grid().blocks() - 1.0);
        double reach = StudentT.quantile(criteria.confidence(), degrees) * deviation;
        double chance = deviation > 0 ? StudentT.twoSided(level / deviation, degrees) : level == 0 ? 1 : 0;
        boolean unsteady = Math.max(of.drift(), to.drift()) >= Math.abs(level);
        Verdict direction = !criteria.counts(kind, level)
                ? Verdict.NEGLIGIBLE
                : unsteady ? Verdict.UNSTEADY : level > 0 ? Verdict.HIGHER : Verdict.LOWER;
        return new Difference(
                scope,
                measure,
                kind,
                valueA,
                valueB,
                kind == Kind.SHARE ? level : to.value() / of.value(),
                kind == Kind.SHARE ? level - reach : StrictMath.exp(level - reach),
                kind == Kind.SHARE ? level + reach : StrictMath.exp(level + reach),
                effect(kind, left, right, of, to),
                chance,
                Double.NaN,
                direction,
                direction == Verdict.UNSTEADY
                        ? (of.drift() >= to.drift() ? "A" : "B") + " changes as much from its first half to its second"
                        : "");
    }

    private String missing(String measure, Series left, Series right, int fewest) {
        for (String reason : List.of(
                Needs.missing("A", a),
                Needs.missing("B", b),
                Needs.missing("A", a, measure),
                Needs.missing("B", b, measure),
                few("A", left, fewest),
                few("B", right, fewest))) {
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return "";
    }

    private static String few(String side, Series series, int fewest) {
        return series.events() < fewest ? side + " has " + series.events() + " of them, too few" : "";
    }

    /** Welch 1947 and Satterthwaite 1946: what two spreads, each from few blocks, are worth together. */
    static double degrees(double varianceA, double degreesA, double varianceB, double degreesB) {
        double sum = varianceA + varianceB;
        return sum > 0
                ? sum * sum / (varianceA * varianceA / degreesA + varianceB * varianceB / degreesB)
                : degreesA + degreesB;
    }

    private static double effect(Kind kind, Series left, Series right, Estimate of, Estimate to) {
        return switch (kind) {
            case RATE -> to.level() - of.level();
            case SHARE -> angle(to.value()) - angle(of.value());
            case LENGTH -> CliffsDelta.of(((LengthSeries) left).total(), ((LengthSeries) right).total());
        };
    }

    /** Cohen's h is a difference of these: it weighs 1 against 3 percent as more than 49 against 51. */
    private static double angle(double percent) {
        return 2 * StrictMath.asin(Math.sqrt(Math.min(1, percent / 100)));
    }

    private List<Difference> judged(List<Difference> raw) {
        List<Difference> told =
                raw.stream().filter(d -> d.verdict() != Verdict.CANNOT_TELL).toList();
        double[] adjusted = FalseDiscoveryRate.adjusted(
                told.stream().map(Difference::chance).toList());
        List<Difference> judged = new ArrayList<>();
        int at = 0;
        for (Difference one : raw) {
            if (one.verdict() == Verdict.CANNOT_TELL) {
                judged.add(one);
                continue;
            }
            double corrected = adjusted[at++];
            judged.add(
                    corrected <= criteria.falseDiscoveries()
                            ? one.judged(corrected, one.verdict(), one.reason())
                            : one.judged(corrected, Verdict.NOT_SIGNIFICANT, ""));
        }
        return judged;
    }
}
