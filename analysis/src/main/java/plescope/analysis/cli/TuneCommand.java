package plescope.analysis.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.analysis.sweep.Draw;
import plescope.analysis.sweep.Estimate;
import plescope.analysis.sweep.Goal;
import plescope.analysis.sweep.ReplayJournal;
import plescope.analysis.sweep.ReplayRunner;
import plescope.analysis.sweep.SearchPlan;
import plescope.analysis.sweep.SearchResult;
import plescope.analysis.sweep.SearchSpace;
import plescope.replay.model.Roster;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec;
import plescope.replay.whatif.Condition;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.WhatIf;

/** {@code plescope tune}: finds good parameters for a recording, and says whether they are better than luck. */
final class TuneCommand implements Command {
    static final String POLICY = "policy";
    private static final String SETTING = "setting";
    private static final String BUDGET = "budget";
    private static final String CELLS = "cells";
    private static final String GOAL = "goal";
    private static final String SUBJECT_TO = "subject-to";
    private static final String JOURNAL = "journal";
    private static final int DEFAULT_CELLS = 400;
    private static final double NS_PER_S = 1e9;

    private static final String DECIMAL = "DECIMAL(9,3)";
    private static final List<Column> COLUMNS = List.of(
            new Column("search_ratio", DECIMAL),
            new Column("held_out_ratio", DECIMAL),
            new Column("low", DECIMAL),
            new Column("high", DECIMAL),
            new Column("optimism", DECIMAL),
            new Column("conditions", "VARCHAR"),
            new Column("verdict", "VARCHAR"),
            new Column("what_if", "VARCHAR"));

    @Override
    public String name() {
        return "tune";
    }

    @Override
    public String summary() {
        return "search good parameters for a recording within a budget";
    }

    @Override
    public String arguments() {
        return "TRACE|DATABASE|WORKLOAD --policy NAME|--setting TEMPLATE [--goal MEASURE] [--subject-to CONDITION]... [--cells N|--budget 60s] [--window LENGTH] [--journal FILE]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope tune trace.txt --policy debooster --goal throughput --subject-to 'fairness>0.9'",
                "plescope tune trace.txt --setting 'cfs-6.1+p2019+debooster{gran=500us..8ms}' --budget 60s");
    }

    @Override
    public Options options(List<String> words) {
        Options options = ExperimentOptions.addTo(ReadingOptions.options());
        return options.addOption(CommonOptions.value(
                        POLICY, "NAME", "add this policy to the recorded setting and search all its parameters"))
                .addOption(CommonOptions.value(
                        SETTING, "TEMPLATE", "search a what-if with ranges such as 500us..8ms in place of numbers"))
                .addOption(CommonOptions.value(
                        GOAL, "[VM.]MEASURE", "what to improve, in its good direction; default throughput"))
                .addOption(CommonOptions.value(
                        SUBJECT_TO, "CONDITION", "what must hold as well, such as 'fairness>0.9'; may be repeated"))
                .addOption(CommonOptions.value(
                        CELLS, "N", "replays to make, default " + DEFAULT_CELLS + "; equal numbers search alike"))
                .addOption(CommonOptions.value(
                        BUDGET, "TIME", "time to spend, such as 60s or 5m, turned into a number of replays"))
                .addOption(CommonOptions.value(
                        JOURNAL, "FILE", "keep replays here when they are done, and go on with those that are there"))
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        SearchSpace space = space(line);
        Goal goal = goal(line);
        List<Condition> conditions = FailOn.conditions(line, SUBJECT_TO);
        if (line.hasOption(JOURNAL) && line.hasOption(BUDGET)) {
            throw new UsageException("a search that goes on later must be the same one: with --journal give --cells N");
        }
        try (RecordingSource source = ExperimentOptions.source(line, terminal);
                ReplayJournal journal = journal(line, source)) {
            new FailOn(conditions).check(source.recording().roster());
            ExperimentOptions.say(source, terminal.err());
            ReplayRunner runner = new ReplayRunner(
                    source,
                    ExperimentOptions.measuredReplay(),
                    journal,
                    ExperimentOptions.jobs(line),
                    ReplayProgress.start());
            SearchPlan plan = plan(line, space, goal, conditions, runner, terminal.err());
            if (line.hasOption(JOURNAL)) {
                terminal.err().println(journal.size() + " replays are in " + line.getOptionValue(JOURNAL) + " already");
            }
            SearchResult result = SearchResult.of(plan, runner);
            terminal.out().print(terminal.writer().write(table(result, goal), format));
            conclude(result, plan, runner.asked(), terminal.err());
            return ExitCode.DONE;
        }
    }

    private static ReplayJournal journal(CommandLine line, RecordingSource source) throws IOException {
        Roster roster = source.recording().roster();
        if (!line.hasOption(JOURNAL)) {
            return ReplayJournal.inMemory(roster);
        }
        return ReplayJournal.open(
                Path.of(line.getOptionValue(JOURNAL)),
                ExperimentOptions.program(),
                ExperimentOptions.fingerprint(line, source),
                roster);
    }

    private static SearchSpace space(CommandLine line) {
        if (line.hasOption(POLICY) == line.hasOption(SETTING)) {
            throw new UsageException("one of --policy and --setting is needed: what to search");
        }
        try {
            if (line.hasOption(SETTING)) {
                return SearchSpace.ofTemplate(line.getOptionValue(SETTING));
            }
            String name = line.getOptionValue(POLICY);
            PolicySpec policy = PolicyCatalog.find(name);
            if (policy == null) {
                throw new UsageException(NearestName.complaint(
                        "policy",
                        name,
                        PolicyCatalog.list().stream().map(PolicySpec::name).toList()));
            }
            return SearchSpace.ofPolicy(policy);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static Goal goal(CommandLine line) {
        try {
            return Goal.parse(line.getOptionValue(GOAL, Measure.THROUGHPUT.label()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--goal: " + e.getMessage());
        }
    }

    private static SearchPlan plan(
            CommandLine line,
            SearchSpace space,
            Goal goal,
            List<Condition> conditions,
            ReplayRunner runner,
            PrintStream err) {
        int members = ExperimentOptions.members(line);
        int seeds = ExperimentOptions.seeds(line);
        long seed = ExperimentOptions.seed(line);
        List<Draw> search = Draw.all(0, members, seed, seeds);
        List<Draw> heldOut = Draw.all(members, members, seed + seeds, seeds);
        try {
            WhatIf baseline =
                    line.hasOption(POLICY) ? runner.read("+" + line.getOptionValue(POLICY)) : runner.identity();
            refuseNonsense(space, runner);
            err.println("searching " + space.describe() + " for " + goal + " against " + baseline.text());
            int least = SearchPlan.leastReplays(search.size(), heldOut.size());
            SearchPlan plan = new SearchPlan(
                    space,
                    baseline,
                    goal,
                    conditions,
                    line.hasOption(BUDGET) ? least : CommonOptions.count(line, CELLS, Math.max(least, DEFAULT_CELLS)),
                    search,
                    heldOut,
                    seed);
            goal.check(runner.recording().roster());
            return line.hasOption(BUDGET) ? plan.within(affordable(line, plan, least, runner, err)) : plan;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Single values may make no sense, and are left out; a template of which nothing makes sense is a mistake. */
    private static void refuseNonsense(SearchSpace space, ReplayRunner runner) {
        try {
            runner.read(space.ends().get(0));
        } catch (IllegalArgumentException first) {
            try {
                runner.read(space.ends().get(1));
            } catch (IllegalArgumentException last) {
                first.addSuppressed(last);
                throw first;
            }
        }
    }

    /** What a time is worth in replays, by the replays every search begins with. */
    private static int affordable(CommandLine line, SearchPlan plan, int least, ReplayRunner runner, PrintStream err) {
        if (line.hasOption(CELLS)) {
            throw new UsageException("--cells and --budget are two ways to say the same; give one");
        }
        double seconds = seconds(line.getOptionValue(BUDGET));
        long startNs = System.nanoTime();
        List<WhatIf> first = List.of(runner.identity(), plan.baseline());
        runner.run(first, plan.search());
        long distinct = first.stream().map(WhatIf::text).distinct().count();
        double perReplay = (System.nanoTime() - startNs)
                / NS_PER_S
                / (distinct * plan.search().size());
        int replays = (int) Math.min(Integer.MAX_VALUE, seconds / perReplay);
        if (replays < least) {
            err.println("a replay takes " + String.format(Locale.ROOT, "%.2f", perReplay)
                    + " s: the time is enough for " + replays + " replays, but a search needs " + least);
            replays = least;
        }
        err.println("stops after " + replays + " replays; --cells " + replays + " repeats this search exactly");
        return replays;
    }

    private static double seconds(String text) {
        String digits = text.replaceAll("[a-z]+$", "");
        try {
            double value = Double.parseDouble(digits);
            double seconds =
                    switch (text.substring(digits.length())) {
                        case "s", "" -> value;
                        case "m", "min" -> 60 * value;
                        case "h" -> 3600 * value;
                        default -> throw new NumberFormatException(text);
                    };
            if (seconds > 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--budget must be a time such as 60s or 5m, was '" + text + "'");
        }
        throw new UsageException("--budget must be above 0, was '" + text + "'");
    }

    private static ReportTable table(SearchResult result, Goal goal) {
        List<List<Object>> rows = new ArrayList<>();
        for (SearchResult.Finalist finalist : result.finalists()) {
            rows.add(Arrays.asList(
                    rounded(finalist.searched().ratio()),
                    rounded(finalist.heldOut().ratio()),
                    rounded(finalist.heldOut().low()),
                    rounded(finalist.heldOut().high()),
                    rounded(finalist.optimism(goal)),
                    finalist.allowed() ? "met" : "not met",
                    finalist.verdict().text(),
                    finalist.whatIf().text()));
        }
        return new ReportTable(COLUMNS, rows);
    }

    private static BigDecimal rounded(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN) : null;
    }

    private static void conclude(SearchResult result, SearchPlan plan, int replays, PrintStream err) {
        err.println("tried " + result.tried() + " what-ifs in " + replays + " replays; finalists judged by "
                + plan.heldOut().size() + " replays each that the search did not see");
        SearchResult.Finalist winner = result.winner();
        if (winner != null) {
            err.println("best: " + winner.whatIf().text());
            return;
        }
        boolean unanswerable = result.finalists().stream().anyMatch(f -> f.verdict() == Estimate.Verdict.CANNOT_ANSWER);
        err.println(
                unanswerable
                        ? "this recording shows no spinning: it cannot say which is better"
                        : "nothing beats " + plan.baseline().text() + " distinguishably");
    }
}
