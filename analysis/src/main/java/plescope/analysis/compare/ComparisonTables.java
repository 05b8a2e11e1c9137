package plescope.analysis.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;

/** A comparison as tables. */
public final class ComparisonTables {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final int PLACES = 6;

    private ComparisonTables() {}

    /**
     * All there is to say.
     *
     * @param page for people, who read the context first; programs get all differences first
     */
    public static List<ReportSection> sections(Comparison comparison, boolean page) {
        ReportSection all = new ReportSection("all", "All differences", differences(comparison.differences()));
        List<ReportSection> sections = new ArrayList<>(List.of(
                new ReportSection("context", "What is compared", context(comparison), contextRemarks(comparison)),
                new ReportSection(
                        "changes",
                        "What changed, most first",
                        differences(comparison.changes()),
                        changeRemarks(comparison)),
                kind("rates", "Rates, per second and VM", Kind.RATE, comparison),
                kind("shares", "Shares, percent", Kind.SHARE, comparison),
                kind("lengths", "Lengths, microseconds", Kind.LENGTH, comparison)));
        if (!page) {
            sections.add(0, all);
        }
        return sections;
    }

    private static ReportSection kind(String name, String title, Kind kind, Comparison comparison) {
        return new ReportSection(
                name,
                title,
                differences(comparison.differences().stream()
                        .filter(d -> d.kind() == kind)
                        .toList()),
                List.of(remark(kind)));
    }

    private static String remark(Kind kind) {
        return switch (kind) {
            case RATE -> "change: B / A; effect: logarithm of it.";
            case SHARE ->
                "change: B - A, percentage points; effect: Cohen's h. Times are shares of what is known of the vCPUs'"
                        + " time, yields of PLE exits.";
            case LENGTH ->
                "change: B / A; effect: Cliff's delta, the chance that a length of B is the greater less that it is the"
                        + " smaller.";
        };
    }

    private static ReportTable context(Comparison comparison) {
        List<List<Object>> rows = new ArrayList<>();
        for (Context.Row row : Context.rows(comparison)) {
            rows.add(List.of(row.fact(), row.a(), row.b(), row.doubt()));
        }
        return new ReportTable(List.of(text("fact"), text("a"), text("b"), text("doubt")), rows);
    }

    private static List<String> contextRemarks(Comparison comparison) {
        List<String> remarks = new ArrayList<>();
        remarks.add("VMs compared: "
                + String.join(
                        ", ",
                        comparison.pairs().stream().map(VmPairs.Pair::name).toList()) + ".");
        int without = comparison.a().get(0).vms().size()
                + comparison.b().get(0).vms().size()
                - 2 * comparison.pairs().size();
        if (without > 0) {
            remarks.add(without + " VMs have no counterpart and are left out; --match A=B pairs VMs by hand.");
        }
        return remarks;
    }

    private static List<String> changeRemarks(Comparison comparison) {
        Criteria criteria = comparison.criteria();
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(
                Locale.ROOT,
                "%d comparisons: %d higher, %d lower, %d beyond chance but too small to count, %d not significant,"
                        + " %d unsteady, %d cannot be told.",
                comparison.differences().size(),
                comparison.count(Verdict.HIGHER),
                comparison.count(Verdict.LOWER),
                comparison.count(Verdict.NEGLIGIBLE),
                comparison.count(Verdict.NOT_SIGNIFICANT),
                comparison.count(Verdict.UNSTEADY),
                comparison.count(Verdict.CANNOT_TELL)));
        remarks.add("A change counts from " + plain(100 * criteria.leastRatio()) + " % of rates and lengths and "
                + plain(criteria.leastPoints()) + " points of shares; of those called higher or lower no more than "
                + plain(100 * criteria.falseDiscoveries())
                + " % are expected to be chance (Benjamini and Hochberg). Intervals hold"
                + " with " + plain(100 * criteria.confidence()) + " % each, uncorrected, by " + criteria.resamples()
                + " resamples of blocks of time.");
        remarks.add(
                comparison.a().size() + comparison.b().size() > 2
                        ? "Where repeats differ by more than blocks of time do, it is from their spread that chance is told."
                        : "Blocks of one recording tell how steady it was, not how the next would come out: two recordings of one"
                                + " setting often differ like this. Record each side again: --repeat-a, --repeat-b.");
        return remarks;
    }

    private static ReportTable differences(List<Difference> differences) {
        List<Column> columns = List.of(
                text("vm"),
                text("measure"),
                text("unit"),
                number("a"),
                number("b"),
                number("change"),
                number("low"),
                number("high"),
                number("effect"),
                number("adjusted_p"),
                text("verdict"),
                text("reason"));
        return new ReportTable(
                columns, differences.stream().map(ComparisonTables::row).toList());
    }

    private static List<Object> row(Difference d) {
        return Arrays.asList(
                d.scope(),
                d.measure(),
                d.unit(),
                rounded(d.a()),
                rounded(d.b()),
                rounded(d.change()),
                rounded(d.low()),
                rounded(d.high()),
                rounded(d.effect()),
                rounded(d.adjusted()),
                d.verdict().text(),
                d.reason());
    }

    /** Four digits; null where there is no number. */
    private static Object rounded(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? null : (Object) value;
        }
        BigDecimal digits = BigDecimal.valueOf(value).round(DIGITS).setScale(PLACES, RoundingMode.HALF_EVEN);
        return digits.doubleValue();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** A number as the tables round it. */
    public static String text(double value) {
        return Double.isFinite(value) ? plain(value) : "unknown";
    }

    private static Column text(String name) {
        return new Column(name, "VARCHAR");
    }

    private static Column number(String name) {
        return new Column(name, "DOUBLE");
    }
}
