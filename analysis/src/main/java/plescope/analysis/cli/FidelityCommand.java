package plescope.analysis.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportTable;
import plescope.parser.ReadOptions;
import plescope.parser.ReadSummary;
import plescope.parser.TraceReader;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.fidelity.PickAgreement;
import plescope.replay.fidelity.PickCheck;
import plescope.replay.fidelity.PickKind;
import plescope.replay.fidelity.PickTally;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinDetector;
import plescope.replay.spin.SpinOptions;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.timeline.TimelineBuilder;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.WhatIf;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.Workload;

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
        return "TRACE... [--setting WHAT-IF]... [--format FORMAT]";
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
                        SETTING,
                        "WHAT-IF",
                        "scheduler, era and features to check, default the recorded ones; may be repeated"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("at least one trace file is needed; it is read twice, so not standard input");
        }
        List<List<Object>> rows = new ArrayList<>();
        Map<String, PickAgreement> sums = new LinkedHashMap<>();
        for (String trace : line.getArgList()) {
            check(trace, asked(line)).forEach((setting, agreement) -> {
                rows.add(row(trace, setting, agreement));
                sums.merge(setting, agreement, PickAgreement::plus);
            });
        }
        if (line.getArgList().size() > 1) {
            sums.forEach((setting, sum) -> rows.add(row("all", setting, sum)));
        }
        ReportTable table = new ReportTable(columns(), rows);
        terminal.out().print(terminal.writer().write(table, CommonOptions.format(line)));
        return ExitCode.DONE;
    }

    private static List<WhatIf> asked(CommandLine line) {
        return line.hasOption(SETTING)
                ? ReplayOptions.whatIfs(line.getOptionValues(SETTING))
                : List.of(new WhatIf(List.of()));
    }

    private static Map<String, PickAgreement> check(String trace, List<WhatIf> asked) throws IOException {
        SpinDetector spin = new SpinDetector(SpinOptions.DEFAULT, GuestSymbols.NONE, new SelectiveSink() {});
        TimelineBuilder timeline = new TimelineBuilder(ThreadMap.EMPTY, spin);
        ReadSummary summary;
        try (TraceReader reader = TraceReader.open(Path.of(trace), ReadOptions.LENIENT)) {
            summary = reader.read(timeline::accept);
        }
        Roster roster = timeline.finish().roster();
        boolean pauseExits = spin.finish(roster).pauseExits() > 0;
        Setting recorded =
                Setting.parse(RecordedSetting.of(summary.kernel(), pauseExits).setting());
        Map<String, PickAgreement> found = new LinkedHashMap<>();
        for (WhatIf whatIf : asked) {
            Experiment asIf = asked(whatIf, roster, recorded, summary.spanNs());
            PickCheck check = new PickCheck(roster, asIf.setting(), asIf.host().tuning(), summary.spanNs());
            try (TraceReader reader = TraceReader.open(Path.of(trace), ReadOptions.LENIENT)) {
                reader.read(check::accept);
            }
            String beside = whatIf.beside();
            found.put(asIf.setting() + (beside.isEmpty() ? "" : "; " + beside), check.agreement());
        }
        return found;
    }

    /** Only setting and scheduler features count here: who runs when is the log's. */
    private static Experiment asked(WhatIf whatIf, Roster roster, Setting recorded, long spanNs) {
        List<VcpuWork> nothing = Collections.nCopies(roster.vcpus().size(), new VcpuWork.Builder().build());
        HostModel host = new HostModel(
                Math.max(1, roster.pcpus()),
                List.of(),
                RecordedHost.ASSUMED_HZ,
                HostCosts.DEFAULT,
                PleHardware.VMX_DEFAULT);
        try {
            return whatIf.apply(new Experiment(new Workload(roster, nothing, new int[0], spanNs), host, recorded));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--setting " + e.getMessage());
        }
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

    private static List<Object> row(String trace, String setting, PickAgreement agreement) {
        PickTally total = agreement.total();
        List<Object> row = new ArrayList<>(Arrays.asList(
                trace,
                setting,
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
