package plescope.analysis.validate;

import static plescope.analysis.report.Tables.number;
import static plescope.analysis.report.Tables.row;
import static plescope.analysis.report.Tables.someOf;
import static plescope.analysis.report.Tables.text;

import java.util.ArrayList;
import java.util.List;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.Tables;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Prediction;

/** Prints comparisons, and what they come to. */
public final class PairTables {
    private static final String ALL = "pair from to vm question predicted:DOUBLE low:DOUBLE high:DOUBLE"
            + " smallest_difference_percent:DOUBLE measured:DOUBLE measured_low:DOUBLE measured_high:DOUBLE"
            + " beyond_noise ln_error:DOUBLE claim ple_exits_predicted:DOUBLE ple_exits_measured:DOUBLE"
            + " judgement reason";
    private static final String SHORT =
            "pair replayed change vm predicted:DOUBLE low:DOUBLE high:DOUBLE measured:DOUBLE"
                    + " range ln_error:DOUBLE judgement";

    /** Characters of one end of a change that a terminal has room for beside the other columns. */
    private static final int LONGEST_END = 10;

    private PairTables() {}

    /** Everything, for machines. */
    static ReportTable all(List<Comparison> comparisons) {
        List<List<Object>> rows = new ArrayList<>();
        for (Comparison c : comparisons) {
            Pair pair = c.pair();
            List<Object> row = row(pair.id(), pair.a().trace(), pair.b().trace(), pair.vm(), c.question());
            Prediction p = c.throughput();
            row.addAll(
                    p == null
                            ? row(null, null, null, null)
                            : row(
                                    number(p.ratio(), 4),
                                    number(p.low(), 4),
                                    number(p.high(), 4),
                                    number(100 * p.smallestDifference(), 1)));
            row.addAll(row(
                    number(pair.ratio(), 4),
                    number(pair.lowestRatio(), 4),
                    number(pair.highestRatio(), 4),
                    pair.beyondNoise() ? "yes" : "no",
                    number(c.error(), 3),
                    p == null ? "" : p.verdict().text(Measure.THROUGHPUT),
                    c.exits() == null ? null : number(c.exits().ratio(), 4),
                    number(c.measuredExits(), 4),
                    c.judgement().label(),
                    c.reason()));
            rows.add(row);
        }
        return new ReportTable(Tables.columns(ALL), rows);
    }

    /** What fits a page; reasons stand under it, by number. */
    static ReportTable page(List<Comparison> comparisons, boolean terminal) {
        List<String> reasons = reasons(comparisons);
        List<List<Object>> rows = new ArrayList<>();
        for (Comparison c : comparisons) {
            Pair pair = c.pair();
            Prediction p = c.answered() ? c.throughput() : null;
            rows.add(row(
                    pair.id(),
                    pair.a().trace(),
                    terminal ? shortened(pair.change()) : pair.change(),
                    pair.vm(),
                    p == null ? null : number(p.ratio(), 3),
                    p == null ? null : number(p.low(), 3),
                    p == null ? null : number(p.high(), 3),
                    number(pair.ratio(), 3),
                    text(pair.lowestRatio(), 2) + ".." + text(pair.highestRatio(), 2),
                    number(c.error(), 2),
                    c.judgement().label()
                            + (c.reason().isEmpty() ? "" : " [" + (reasons.indexOf(c.reason()) + 1) + "]")));
        }
        return new ReportTable(Tables.columns(SHORT), rows);
    }

    private static List<String> reasons(List<Comparison> comparisons) {
        return comparisons.stream()
                .map(Comparison::reason)
                .filter(reason -> !reason.isEmpty())
                .distinct()
                .toList();
    }

    /** Both ends of a change, each cut where it is long. */
    static String shortened(String change) {
        String[] ends = change.split(" -> ", 2);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = ends[i].length() <= LONGEST_END ? ends[i] : ends[i].substring(0, LONGEST_END - 1) + "…";
        }
        return String.join(" -> ", ends);
    }

    /** Everything in the order it is read. */
    public static List<ReportSection> sections(List<Comparison> comparisons, ReportFormat format) {
        PairSummary summary = new PairSummary(comparisons);
        ReportTable table =
                switch (format) {
                    case CSV, JSON, JSONL -> all(comparisons);
                    case TABLE -> page(comparisons, true);
                    case MARKDOWN -> page(comparisons, false);
                };
        List<String> reasons = reasons(comparisons);
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            remarks.add("[" + (i + 1) + "] " + reasons.get(i));
        }
        return List.of(
                new ReportSection("pairs", "", table, remarks),
                new ReportSection("summary", "", summary(summary), PairRemarks.missed(summary)));
    }

    /** The numbers that goals are set for. */
    static ReportTable summary(PairSummary s) {
        Comparison worst = s.worst();
        String worstText = worst == null
                ? "-"
                : text(Math.abs(worst.error()), 2) + " (" + worst.pair().id() + " from "
                        + worst.pair().a().trace() + ", VM " + worst.pair().vm() + ")";
        return Tables.facts(List.of(
                row("answered", someOf(s.answered(), s.comparisons().size()), ""),
                row("cannot answer", Long.toString(s.count(Judgement.CANNOT_ANSWER)), ""),
                row("skipped for want of a log", Long.toString(s.count(Judgement.SKIPPED)), ""),
                row("sign right, beyond noise", someOf(s.signRight(), s.beyondNoise()), "all"),
                row("claims that are wrong", Long.toString(s.count(Judgement.WRONG)), "0"),
                row("no claim though beyond noise", Long.toString(s.count(Judgement.NOT_DISTINGUISHABLE)), ""),
                row("median |ln(predicted/measured)|", text(s.medianError(), 3), "<= 0.15"),
                row("worst |ln(predicted/measured)|", worstText, "<= 0.69"),
                row("within a factor of two", someOf(s.withinFactorTwo(), s.answered()), "all"),
                row("null pairs inert", someOf(s.inertNullPairs(), s.nullPairs()), "all"),
                row(
                        "median |ln| of PLE exits' ratio",
                        text(s.medianExitError(), 3) + " (" + s.exitAnswers() + " answers)",
                        "<= 0.26"),
                row("slope, measured over predicted", text(s.slope(), 2), "1")));
    }
}
