package plescope.analysis.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.fidelity.PickAgreement;
import plescope.replay.fidelity.PickCheck;
import plescope.replay.fidelity.PickKind;
import plescope.replay.fidelity.PickTally;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;

/** {@code plescope fidelity}: how often the simulated scheduler picks whom the recorded kernel picked. */
final class FidelityCommand implements Command {
    private static final String SETTING = "setting";

    @Override
    public String name() {
        return "fidelity";
    }

    @Override
    public String summary() {
        return "how often the simulated scheduler picks as the recorded kernel did";
    }

    @Override
    public String arguments() {
        return "TRACE... [--setting SETTING]... [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope fidelity perf-script.txt.zst",
                "plescope fidelity a.txt b.txt --setting cfs-6.1+p2019 --setting eevdf-6.12+p2024 --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp()
                .addOption(CommonOptions.value(
                        SETTING, "SETTING", "scheduler and era to check, default the recorded one; may be repeated"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("at least one trace file is needed; it is read twice, so not standard input");
        }
        List<List<Object>> rows = new ArrayList<>();
        Map<Setting, PickAgreement> sums = new LinkedHashMap<>();
        for (String trace : line.getArgList()) {
            check(trace, settings(line)).forEach((setting, agreement) -> {
                rows.add(row(trace, setting, agreement));
                sums.merge(setting, agreement, PickAgreement::plus);
            });
        }
        if (line.getArgList().size() > 1) {
            sums.forEach((setting, sum) -> rows.add(row("all", setting, sum)));
        }
        ReportTable table = new ReportTable(columns(), rows);
        terminal.out().print(new ReportWriter(terminal.width()).write(table, CommonOptions.format(line)));
        return ExitCode.DONE;
    }

    private static List<Setting> settings(CommandLine line) {
        List<Setting> settings = new ArrayList<>();
        for (String text : line.hasOption(SETTING) ? line.getOptionValues(SETTING) : new String[0]) {
            try {
                settings.add(Setting.parse(text));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--setting " + text + ": " + e.getMessage());
            }
        }
        return settings;
    }

    private static Map<Setting, PickAgreement> check(String trace, List<Setting> asked) throws IOException {
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, new SelectiveSink() {});
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);
        ReadSummary summary;
        try (TraceReader reader = TraceReader.open(Path.of(trace), ReadOptions.LENIENT)) {
            summary = reader.read(timeline::accept);
        }
        Roster roster = timeline.finish().roster();
        boolean pauseExits = spin.finish(roster).pauseExits() > 0;
        List<Setting> settings = asked.isEmpty()
                ? List.of(Setting.parse(
                        RecordedSetting.of(summary.kernel(), pauseExits).setting()))
                : asked;
        Map<Setting, PickAgreement> found = new LinkedHashMap<>();
        for (Setting setting : settings) {
            PickCheck check = new PickCheck(roster, setting, summary.spanNs());
            try (TraceReader reader = TraceReader.open(Path.of(trace), ReadOptions.LENIENT)) {
                reader.read(check::accept);
            }
            found.put(setting, check.agreement());
        }
        return found;
    }

    private static List<ReportTable.Column> columns() {
        List<ReportTable.Column> columns = new ArrayList<>(List.of(
                new ReportTable.Column("trace", "VARCHAR"),
                new ReportTable.Column("setting", "VARCHAR"),
                new ReportTable.Column("picks", "BIGINT"),
                new ReportTable.Column("agree_pct", "DECIMAL(4,1)"),
                new ReportTable.Column("round_robin_pct", "DECIMAL(4,1)"),
                new ReportTable.Column("random_pct", "DECIMAL(4,1)")));
        for (PickKind kind : PickKind.values()) {
            columns.add(new ReportTable.Column(kind.label().replace('-', '_') + "_pct", "DECIMAL(4,1)"));
        }
        columns.add(new ReportTable.Column("not_judged", "BIGINT"));
        return columns;
    }

    private static List<Object> row(String trace, Setting setting, PickAgreement agreement) {
        PickTally total = agreement.total();
        List<Object> row = new ArrayList<>(Arrays.asList(
                trace,
                setting.toString(),
                total.decisions(),
                percent(total, total.agreedPermille()),
                percent(total, total.roundRobinPermille()),
                percent(total, total.chancePermille())));
        for (PickKind kind : PickKind.values()) {
            row.add(percent(agreement.of(kind), agreement.of(kind).agreedPermille()));
        }
        row.add(agreement.unknown());
        return row;
    }

    /** Null where nothing was decided. */
    private static BigDecimal percent(PickTally tally, long permille) {
        return tally.decisions() == 0 ? null : BigDecimal.valueOf(permille, 1);
    }
}
