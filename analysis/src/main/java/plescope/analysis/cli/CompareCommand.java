package plescope.analysis.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.compare.ChangeCondition;
import plescope.analysis.compare.Comparison;
import plescope.analysis.compare.ComparisonTables;
import plescope.analysis.compare.Criteria;
import plescope.analysis.compare.Difference;
import plescope.analysis.compare.SideBySide;
import plescope.analysis.compare.SideReader;
import plescope.analysis.report.DatabaseNames;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.Run;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope compare}: what differs between two traces or replays beyond chance. */
final class CompareCommand implements Command {
    private static final String RUN = "run";
    private static final String WITH = "with";
    private static final String REPEAT_A = "repeat-a";
    private static final String REPEAT_B = "repeat-b";
    private static final String MATCH = "match";
    private static final String LEAST = "least";
    private static final String LEAST_POINTS = "least-points";
    private static final String CONFIDENCE = "confidence";
    private static final String FAIL_ON = "fail-on";
    private static final String SHOW_SQL = "show-sql";

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String summary() {
        return "say what differs between two traces or replays beyond chance";
    }

    @Override
    public String arguments() {
        return "A B | DATABASE --with RUN [--run RUN]"
                + " [--repeat-a TRACE]... [--repeat-b TRACE]... [--match VM=VM]... [--fail-on CONDITION]... [--format FORMAT]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope compare before.txt.zst after.txt.zst",
                "plescope compare before.duckdb after.duckdb --table changes --fail-on 'ple_exits>+10%'",
                "plescope compare a1.duckdb b1.duckdb --repeat-a a2.duckdb --repeat-b b2.duckdb",
                "plescope compare trace.duckdb --run recorded --with 1",
                "plescope compare a.duckdb b.duckdb --match vm0=vm1 --format csv");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.querying()
                .addOption(CommonOptions.value(RUN, "RUN", "schedule of A, number or setting, default recorded"))
                .addOption(
                        CommonOptions.value(WITH, "RUN", "schedule of B, default recorded; without B another one of A"))
                .addOption(
                        CommonOptions.value(REPEAT_A, "TRACE", "another recording of what A recorded; may be repeated"))
                .addOption(CommonOptions.value(REPEAT_B, "TRACE", "the same for B; may be repeated"))
                .addOption(CommonOptions.value(
                        MATCH,
                        "VM=VM",
                        "which VM of A is which of B, where names and order do not say it; may be repeated"))
                .addOption(CommonOptions.value(
                        LEAST, "PERCENT", "least change of rates and lengths that counts, default 10"))
                .addOption(CommonOptions.value(
                        LEAST_POINTS, "POINTS", "least change of shares that counts, percentage points, default 2"))
                .addOption(CommonOptions.value(CONFIDENCE, "PERCENT", "of each interval, default 95"))
                .addOption(CommonOptions.value(
                        FAIL_ON,
                        "CONDITION",
                        "exit with 1 where this holds, such as 'ple_exits>+10%', 'vm0.steal<90%' (of A), 'spin>25' or any;"
                                + " changes count beyond chance only; may be repeated"))
                .addOption(CommonOptions.value(
                        ValidateOptions.TABLE, "NAME", "one table: all, context, changes, rates, shares, lengths"))
                .addOption(CommonOptions.flag(SHOW_SQL, "print the queries behind A, ready for any DuckDB client"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        List<ChangeCondition> conditions = conditions(line);
        Criteria criteria = criteria(line);
        Map<String, String> told = told(line);
        List<String> inputs = line.getArgList();
        if (inputs.isEmpty() || inputs.size() > 2 || (inputs.size() == 1 && !line.hasOption(WITH))) {
            throw new UsageException("two traces or databases are needed, or one database and --" + WITH + " RUN");
        }
        try (OpenDatabases databases = new OpenDatabases(ReadingOptions.pipeline(line, terminal.in()))) {
            List<SideReader> first = side(databases, inputs.get(0), line, RUN, REPEAT_A);
            if (line.hasOption(SHOW_SQL)) {
                terminal.out().print(first.get(0).sql());
                return ExitCode.DONE;
            }
            List<SideReader> second = side(databases, inputs.get(inputs.size() - 1), line, WITH, REPEAT_B);
            Comparison comparison = SideBySide.of(first, second, told, criteria);
            boolean found = found(conditions, comparison, terminal);
            boolean page = SectionPrinter.isPage(format) && !line.hasOption(ValidateOptions.TABLE);
            new SectionPrinter(terminal, format).print(line, ComparisonTables.sections(comparison, page));
            return found ? ExitCode.FOUND : ExitCode.DONE;
        }
    }

    /** The schedule that was asked for, and the recordings that repeat it. */
    private static List<SideReader> side(
            OpenDatabases databases, String input, CommandLine line, String run, String repeats) throws IOException {
        List<SideReader> side = new ArrayList<>(List.of(reader(databases.of(input), line.getOptionValue(run))));
        for (String repeat : line.hasOption(repeats) ? line.getOptionValues(repeats) : new String[0]) {
            side.add(reader(databases.of(repeat), null));
        }
        return side;
    }

    private static SideReader reader(TraceDatabase database, String run) {
        ReportRunner runner = new ReportRunner(database);
        return new SideReader(
                runner,
                run == null ? Run.RECORDED : Integer.parseInt(FilterOptions.run(run, DatabaseNames.read(runner))));
    }

    private static Map<String, String> told(CommandLine line) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String pair : line.hasOption(MATCH) ? line.getOptionValues(MATCH) : new String[0]) {
            int equals = pair.indexOf('=');
            if (equals < 0 || told.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new UsageException("--" + MATCH + " needs VM=VM, each VM once; was '" + pair + "'");
            }
        }
        return told;
    }

    private static List<ChangeCondition> conditions(CommandLine line) {
        List<ChangeCondition> conditions = new ArrayList<>();
        for (String text : line.hasOption(FAIL_ON) ? line.getOptionValues(FAIL_ON) : new String[0]) {
            conditions.add(ChangeCondition.parse(text));
        }
        return conditions;
    }

    private static Criteria criteria(CommandLine line) {
        Criteria usual = Criteria.DEFAULT;
        return new Criteria(
                percent(line, CONFIDENCE, 100 * usual.confidence()) / 100,
                usual.falseDiscoveries(),
                percent(line, LEAST, 100 * usual.leastRatio()) / 100,
                percent(line, LEAST_POINTS, usual.leastPoints()),
                usual.resamples(),
                usual.seed());
    }

    private static double percent(CommandLine line, String option, double otherwise) {
        String text = line.getOptionValue(option);
        try {
            double value = text == null ? otherwise : Double.parseDouble(text);
            if (value >= 0 && value < 100) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--" + option + " must be a number, was '" + text + "'");
        }
        throw new UsageException("--" + option + " must be at least 0 and below 100, was '" + text + "'");
    }

    /** Names every condition that holds. */
    private static boolean found(List<ChangeCondition> conditions, Comparison comparison, Terminal terminal) {
        boolean any = false;
        for (ChangeCondition condition : conditions) {
            for (Difference difference : condition.about(comparison)) {
                if (condition.holds(difference)) {
                    any = true;
                    terminal.err()
                            .println("fail-on " + condition.text() + ": " + difference.scope() + "."
                                    + difference.measure()
                                    + " is " + ComparisonTables.text(difference.b()) + " "
                                    + difference.unit()
                                    + ", " + ComparisonTables.text(difference.a()) + " in A");
                }
            }
        }
        return any;
    }
}
