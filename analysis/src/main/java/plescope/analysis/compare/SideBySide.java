package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two sides, each a recording, its repeats or a replay, measure by measure, VM by VM. */
public final class SideBySide {
    /** All VMs that have a counterpart, together. */
    public static final String HOST = "host";

    /** Quantiles of lengths that are compared, in percent, each with the fewest lengths that tell it. */
    private static final Map<Integer, Integer> QUANTILES = new TreeMap<>(Map.of(50, 20, 99, 500));

    /** Of parts of fewer things than this nothing is said. */
    private static final int FEWEST = 30;

    private final Group a;
    private final Group b;
    private final Criteria criteria;
    private final List<Difference> raw = new ArrayList<>();

    private SideBySide(List<Side> a, List<Side> b, Criteria criteria) {
        SplittableRandom random = new SplittableRandom(criteria.seed());
        this.a = new Group("A", a, criteria, random);
        this.b = new Group("B", b, criteria, random);
        this.criteria = criteria;
    }

    /**
     * Reads both sides and compares them.
     *
     * @param first the first side and repeats of it
     * @param second the same of the second
     * @param told which VM of the first is which of the second, where names do not say it
     */
    public static Comparison of(
            List<SideReader> first, List<SideReader> second, Map<String, String> told, Criteria criteria) {
        List<Side.Facts> a = first.stream().map(SideReader::facts).toList();
        List<Side.Facts> b = second.stream().map(SideReader::facts).toList();
        List<Side.Facts> all = new ArrayList<>(a);
        all.addAll(b);
        boolean byFamily =
                all.stream().map(f -> f.text("virtualisation")).distinct().count() > 1;
        boolean settled = !all.stream().allMatch(Side.Facts::isRecorded);
        return compare(read(first, a, settled, byFamily), read(second, b, settled, byFamily), told, criteria);
    }

    private static List<Side> read(
            List<SideReader> readers, List<Side.Facts> facts, boolean settled, boolean byFamily) {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            sides.add(readers.get(i).read(facts.get(i), SideReader.grid(facts.get(i), settled), byFamily));
        }
        return sides;
    }

    static Comparison compare(List<Side> a, List<Side> b, Map<String, String> told, Criteria criteria) {
        List<VmPairs.Pair> pairs = VmPairs.of(a.get(0).names(), b.get(0).names(), told);
        SideBySide both = new SideBySide(a, b, criteria);
        if (pairs.size() > 1) {
            both.scope(
                    HOST,
                    both.a.counts(pairs.stream().map(VmPairs.Pair::a).toList()),
                    both.b.counts(pairs.stream().map(VmPairs.Pair::b).toList()));
        }
        for (VmPairs.Pair pair : pairs) {
            both.scope(pair.name(), both.a.counts(List.of(pair.a())), both.b.counts(List.of(pair.b())));
        }
        return new Comparison(a, b, pairs, both.judged(), criteria);
    }

    private void scope(String name, List<CellCounts> left, List<CellCounts> right) {
        for (Kind kind : Kind.values()) {
            TreeSet<String> measures = new TreeSet<>();
            left.forEach(counts -> counts.measures(kind).forEach(measures::add));
            right.forEach(counts -> counts.measures(kind).forEach(measures::add));
            for (String measure : measures) {
                switch (kind) {
                    case RATE ->
                        raw.add(difference(
                                name,
                                measure,
                                kind,
                                Group.each(left, counts -> counts.rate(measure)),
                                Group.each(right, counts -> counts.rate(measure)),
                                0));
                    case SHARE ->
                        raw.add(difference(
                                name,
                                measure,
                                kind,
                                Group.each(left, counts -> counts.share(measure)),
                                Group.each(right, counts -> counts.share(measure)),
                                FEWEST));
                    case LENGTH ->
                        QUANTILES.forEach((percent, fewest) -> raw.add(difference(
                                name,
                                measure + "_p" + percent + "_us",
                                kind,
                                Group.each(left, counts -> counts.length(measure, percent / 100.0)),
                                Group.each(right, counts -> counts.length(measure, percent / 100.0)),
                                fewest)));
                }
            }
        }
    }

    private Difference difference(
            String scope,
            String measure,
            Kind kind,
            List<? extends Series> left,
            List<? extends Series> right,
            int fewest) {
        double valueA = Group.value(left, kind);
        double valueB = Group.value(right, kind);
        String missing = a.missing(measure, left, fewest);
        missing = missing.isEmpty() ? b.missing(measure, right, fewest) : missing;
        if (!missing.isEmpty()) {
            return Difference.untold(scope, measure, kind, valueA, valueB, missing);
        }
        Contrast contrast = Contrast.of(a.estimates(left), b.estimates(right));
        double level = contrast.level();
        double reach = contrast.reach(criteria.confidence());
        double change = kind == Kind.SHARE ? level : valueB / valueA;
        double low = kind == Kind.SHARE ? level - reach : StrictMath.exp(level - reach);
        double high = kind == Kind.SHARE ? level + reach : StrictMath.exp(level + reach);
        return new Difference(
                scope,
                measure,
                kind,
                valueA,
                valueB,
                change,
                // of a rate of 0 they are those of half an event
                Math.min(low, change),
                Math.max(high, change),
                effect(kind, left, right, valueA, valueB, level),
                contrast.chance(),
                Double.NaN,
                direction(kind, contrast),
                "");
    }

    /** The verdict, if the difference is beyond chance. */
    private Verdict direction(Kind kind, Contrast contrast) {
        if (!criteria.counts(kind, contrast.level())) {
            return Verdict.NEGLIGIBLE;
        }
        if (contrast.drift() >= Math.abs(contrast.level())) {
            return Verdict.UNSTEADY;
        }
        return contrast.level() > 0 ? Verdict.HIGHER : Verdict.LOWER;
    }

    private static double effect(
            Kind kind, List<? extends Series> left, List<? extends Series> right, double a, double b, double level) {
        return switch (kind) {
            case RATE -> level;
            case SHARE -> angle(b) - angle(a);
            case LENGTH -> CliffsDelta.of(LengthSeries.total(left), LengthSeries.total(right));
        };
    }

    /** Cohen's h is a difference of these: it weighs 1 against 3 percent as more than 49 against 51. */
    private static double angle(double percent) {
        return 2 * StrictMath.asin(Math.sqrt(Math.min(1, percent / 100)));
    }

    private List<Difference> judged() {
        double[] adjusted = FalseDiscoveryRate.adjusted(raw.stream()
                .filter(d -> d.verdict() != Verdict.CANNOT_TELL)
                .map(Difference::chance)
                .toList());
        List<Difference> judged = new ArrayList<>();
        int at = 0;
        for (Difference one : raw) {
            judged.add(one.verdict() == Verdict.CANNOT_TELL ? one : judged(one, adjusted[at++]));
        }
        return judged;
    }

    private Difference judged(Difference one, double adjusted) {
        if (adjusted > criteria.falseDiscoveries()) {
            return one.judged(adjusted, Verdict.NOT_SIGNIFICANT, "");
        }
        String reason =
                one.verdict() == Verdict.UNSTEADY ? "a side changes as much from its first half to its second" : "";
        return one.judged(adjusted, one.verdict(), reason);
    }
}
