package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.analysis.report.Tables;
import plescope.replay.model.Wait.Cause;

/** Verdicts without symbols against verdicts with symbols, as confusion matrices. */
public final class BlindTables {
    private static final List<Cause> NAMED = List.of(Cause.LOCK, Cause.TLB_SHOOTDOWN, Cause.IPI);

    private BlindTables() {}

    /** The matrices of each log, and what they come to. */
    public static List<ReportSection> sections(List<SymbolsBlind> logs) {
        return List.of(
                new ReportSection(
                        "causes",
                        "",
                        confusion(logs),
                        List.of(
                                "Waits whose function a symbol names, by that name, against what their timing alone is told as.")),
                new ReportSection("summary", "In all", summary(logs), remarks(logs)));
    }

    /** A row for each log and cause that symbols name, a column for each cause told without them. */
    static ReportTable confusion(List<SymbolsBlind> logs) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("trace", "VARCHAR"));
        columns.add(new Column("by_symbol", "VARCHAR"));
        for (Cause told : Cause.values()) {
            columns.add(new Column("told_" + told.name().toLowerCase(Locale.ROOT), "BIGINT"));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (SymbolsBlind log : logs) {
            NAMED.forEach(named -> rows.add(row(log.log(), named, List.of(log))));
        }
        NAMED.forEach(named -> rows.add(row("all", named, logs)));
        return new ReportTable(columns, rows);
    }

    private static List<Object> row(String name, Cause named, List<SymbolsBlind> logs) {
        List<Object> row = new ArrayList<>();
        row.add(name);
        row.add(named.name().toLowerCase(Locale.ROOT));
        for (Cause told : Cause.values()) {
            row.add(logs.stream().mapToLong(log -> log.count(named, told)).sum());
        }
        return row;
    }

    private static ReportTable summary(List<SymbolsBlind> logs) {
        long named = logs.stream().mapToLong(SymbolsBlind::named).sum();
        long told = logs.stream().mapToLong(SymbolsBlind::told).sum();
        long right = logs.stream().mapToLong(SymbolsBlind::right).sum();
        SymbolsBlind.Suspects suspects = SymbolsBlind.Suspects.NONE;
        for (SymbolsBlind log : logs) {
            suspects = suspects.plus(log.suspects());
        }
        return Tables.facts(List.of(
                Tables.row("waits that symbols name", Long.toString(named), ""),
                Tables.row("told as lock or IPI without", Tables.someOf(told, named), ""),
                Tables.row("told rightly, of those", Tables.someOf(right, told), "all"),
                Tables.row("first suspect named in both readings", Tables.someOf(suspects.both(), named), ""),
                Tables.row("the same one, of those", Tables.someOf(suspects.same(), suspects.both()), "")));
    }

    private static List<String> remarks(List<SymbolsBlind> logs) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "Lock is told from IPI; what kind of IPI a wait is for, TLB shootdown or call, is not asked of timing.");
        for (SymbolsBlind log : logs) {
            if (log.named() == 0) {
                remarks.add(log.log() + ": no wait that a symbol names");
            } else if (log.right() < log.told()) {
                remarks.add(log.log() + ": " + (log.told() - log.right()) + " of " + log.told() + " told wrongly");
            }
        }
        return remarks;
    }
}
