package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.replay.policy.Parameter;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;

/** {@code plescope policies}: what a setting may be made of. */
final class PoliciesCommand implements Command {
    private static final List<ReportTable.Column> COLUMNS = List.of(
            new ReportTable.Column("policy", "VARCHAR"),
            new ReportTable.Column("role", "VARCHAR"),
            new ReportTable.Column("parameters", "VARCHAR"),
            new ReportTable.Column("source", "VARCHAR"),
            new ReportTable.Column("summary", "VARCHAR"));

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String summary() {
        return "list the policies a replay can use, with their parameters";
    }

    @Override
    public String arguments() {
        return "[--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of("plescope policies", "plescope policies --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp().addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        ReportFormat format = CommonOptions.format(line);
        List<List<Object>> rows = new ArrayList<>();
        for (PolicySpec spec : PolicyCatalog.list()) {
            rows.add(List.of(
                    spec.name(),
                    spec.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    String.join(
                            ", ",
                            spec.parameters().stream().map(Parameter::name).toList()),
                    spec.source(),
                    spec.summary()));
        }
        terminal.out().print(new ReportWriter(terminal.width()).write(new ReportTable(COLUMNS, rows), format));
        return ExitCode.DONE;
    }
}
