package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportTable;
import plescope.replay.contract.PolicyContract;
import plescope.replay.contract.PolicyContract.Breach;
import plescope.replay.contract.PolicyContract.Clause;
import plescope.replay.policy.Parameter;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;
import plescope.replay.policy.Setting;

/** {@code plescope policies}: what a setting may be made of; with names, what these policies can be tuned with. */
final class PoliciesCommand implements Command {
    private static final List<ReportTable.Column> POLICIES =
            List.of(text("policy"), text("role"), text("parameters"), text("source"), text("summary"));

    private static final List<ReportTable.Column> PARAMETERS =
            List.of(text("policy"), text("parameter"), text("default"), text("range"), text("meaning"));

    private static final List<ReportTable.Column> CHECKS = List.of(text("setting"), text("must_hold"), text("holds"));

    private static final String CHECK = "check";

    /** The scheduler with EEVDF that policies are tried under. */
    private static final String EEVDF = "eevdf-6.12";

    private static ReportTable.Column text(String name) {
        return new ReportTable.Column(name, "VARCHAR");
    }

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String summary() {
        return "list the policies a replay can use, or the parameters of some; try them";
    }

    @Override
    public String arguments() {
        return "[NAME...] [--check] [--format FORMAT]";
    }

    @Override
    public List<String> words() {
        return Syntax.policies();
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope policies",
                "plescope policies wl-v3 debooster",
                "plescope policies debooster --check",
                "plescope policies --format markdown");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp()
                .addOption(CommonOptions.flag(
                        CHECK, "try the named policies on small workloads: what must hold under every policy?"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        List<String> names = line.getArgList();
        if (line.hasOption(CHECK)) {
            return check(names, CommonOptions.format(line), terminal);
        }
        ReportTable table = names.isEmpty() ? policies() : parameters(names);
        terminal.out().print(terminal.writer().write(table, CommonOptions.format(line)));
        return ExitCode.DONE;
    }

    private static ExitCode check(List<String> names, ReportFormat format, Terminal terminal) {
        if (names.isEmpty()) {
            throw new UsageException("--check needs the names of the policies to try");
        }
        List<List<Object>> rows = new ArrayList<>();
        boolean broken = false;
        for (String name : names) {
            for (Setting setting : PolicyContract.settings(known(name).name(), EEVDF)) {
                List<Breach> breaches = PolicyContract.check(setting, EnumSet.allOf(Clause.class));
                broken |= !breaches.isEmpty();
                for (Clause clause : Clause.values()) {
                    rows.add(List.of(setting.toString(), clause.text(), outcome(clause, breaches)));
                }
            }
        }
        terminal.out().print(terminal.writer().write(new ReportTable(CHECKS, rows), format));
        return broken ? ExitCode.FOUND : ExitCode.DONE;
    }

    private static String outcome(Clause clause, List<Breach> breaches) {
        return breaches.stream()
                .filter(breach -> breach.clause() == clause)
                .map(breach -> "no: " + breach.workload() + ", " + breach.details())
                .findFirst()
                .orElse("yes");
    }

    private static PolicySpec known(String name) {
        PolicySpec spec = PolicyCatalog.find(name);
        if (spec == null) {
            throw new UsageException(NearestName.complaint(
                    "policy",
                    name,
                    PolicyCatalog.list().stream().map(PolicySpec::name).toList()));
        }
        return spec;
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
            PolicySpec spec = known(name);
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
