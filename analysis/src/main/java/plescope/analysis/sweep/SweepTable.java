package plescope.analysis.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.replay.whatif.Measure;

/** The answer of a sweep as tables: everything, one row per number, and a summary for people. */
public final class SweepTable {
    private static final String TEXT = "VARCHAR";
    private static final String NUMBER = "DOUBLE";

    private static final List<Column> ALL = List.of(
            new Column("what_if", TEXT),
            new Column("pareto_front", "BOOLEAN"),
            new Column("vm", TEXT),
            new Column("measure", TEXT),
            new Column("unit", TEXT),
            new Column("value", NUMBER),
            new Column("ratio", NUMBER),
            new Column("ratio_low", NUMBER),
            new Column("ratio_high", NUMBER),
            new Column("identity_error", NUMBER),
            new Column("verdict", TEXT));

    private static final List<Column> SUMMARY = List.of(
            new Column("front", TEXT),
            new Column("throughput_ratio", "DECIMAL(9,3)"),
            new Column("low", "DECIMAL(9,3)"),
            new Column("high", "DECIMAL(9,3)"),
            new Column("fairness", "DECIMAL(9,3)"),
            new Column("p99_lock_wait_us", "DECIMAL(12,1)"),
            new Column("verdict", TEXT),
            new Column("what_if", TEXT));

    /** Digits that mean something. */
    private static final MathContext DIGITS = new MathContext(9);

    private SweepTable() {}

    /** One row per cell, host or VM, and measure. */
    public static ReportTable all(List<Sweep.Cell> cells) {
        List<List<Object>> rows = new ArrayList<>();
        for (Sweep.Cell cell : cells) {
            for (Sweep.Scope scope : cell.scopes()) {
                for (Measure measure : Measure.values()) {
                    Estimate estimate = scope.estimates().get(measure);
                    rows.add(Arrays.asList(
                            cell.whatIf().text(),
                            cell.paretoFront(),
                            scope.name(),
                            measure.label(),
                            measure.unit(),
                            number(estimate.value()),
                            number(estimate.ratio()),
                            number(estimate.low()),
                            number(estimate.high()),
                            number(estimate.error()),
                            scope.verdicts().get(measure).text()));
                }
            }
        }
        return new ReportTable(ALL, rows);
    }

    /** One row per cell for the host: throughput with its spread, and the other goals of the front. */
    public static ReportTable summary(List<Sweep.Cell> cells) {
        List<List<Object>> rows = new ArrayList<>();
        for (Sweep.Cell cell : cells) {
            Sweep.Scope host = cell.host();
            Estimate throughput = host.estimates().get(Measure.THROUGHPUT);
            rows.add(Arrays.asList(
                    cell.paretoFront() ? "*" : "",
                    rounded(throughput.ratio(), 3),
                    rounded(throughput.low(), 3),
                    rounded(throughput.high(), 3),
                    rounded(host.estimates().get(Measure.FAIRNESS).value(), 3),
                    rounded(host.estimates().get(Measure.LOCK_WAIT_P99).value(), 1),
                    host.verdicts().get(Measure.THROUGHPUT).text(),
                    cell.whatIf().text()));
        }
        return new ReportTable(SUMMARY, rows);
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? new BigDecimal(value, DIGITS) : null;
    }

    private static Object rounded(double value, int decimals) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN) : null;
    }
}
