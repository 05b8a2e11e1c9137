package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.replay.policy.Parameter;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;

/** {@code plescope policies}: what a setting may be made of; with names, what these policies can be tuned with. */
final class PoliciesCommand implements Command {
    private static final List<ReportTable.Column> POLICIES =
            List.of(text("policy"), text("role"), text("parameters"), text("source"), text("summary"));

    private static final List<ReportTable.Column> PARAMETERS =
            List.of(text("policy"), text("parameter"), text("default"), text("range"), text("meaning"));

    private static ReportTable.Column text(String name) {
        return new ReportTable.Column(name, "VARCHAR");
    }

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String summary() {
        return "list the policies a replay can use, or the parameters of some";
    }

    @Override
    public String arguments() {
        return "[NAME...] [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of("plescope policies", "plescope policies wl-v3 debooster", "plescope policies --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp().addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        List<String> names = line.getArgList();
        ReportTable table = names.isEmpty() ? policies() : parameters(names);
        terminal.out().print(new ReportWriter(terminal.width()).write(table, CommonOptions.format(line)));
        return ExitCode.DONE;
    }

    private static ReportTable policies() {
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
        return new ReportTable(POLICIES, rows);
    }

    private static ReportTable parameters(List<String> names) {
        List<List<Object>> rows = new ArrayList<>();
        for (String name : names) {
            PolicySpec spec = PolicyCatalog.find(name);
            if (spec == null) {
                List<String> known =
                        PolicyCatalog.list().stream().map(PolicySpec::name).toList();
                throw new UsageException(NearestName.complaint("policy", name, known));
            }
            for (Parameter parameter : spec.parameters()) {
                rows.add(List.of(
                        spec.name(),
                        parameter.name(),
                        parameter.format(parameter.defaultValue()),
                        parameter.range(),
                        parameter.meaning()));
            }
        }
        return new ReportTable(PARAMETERS, rows);
    }
}
