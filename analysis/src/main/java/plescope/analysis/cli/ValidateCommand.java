package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.validate.Comparison;
import plescope.analysis.validate.IdentityError;
import plescope.analysis.validate.IdentityTables;
import plescope.analysis.validate.Judgement;
import plescope.analysis.validate.Knobs;
import plescope.analysis.validate.Pair;
import plescope.analysis.validate.PairFile;
import plescope.analysis.validate.PairSummary;
import plescope.analysis.validate.PairTables;
import plescope.analysis.validate.PairValidation;
import plescope.analysis.validate.Recordings;
import plescope.analysis.validate.TraceFolder;
import plescope.analysis.validate.WrittenKnobs;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.ScheduleKeeper;
import plescope.replay.whatif.WhatIf;

/** {@code plescope validate}: predictions and identity replays against what was recorded. */
final class ValidateCommand implements Command {
    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "compare predictions, or identity replays, with what was recorded";
    }

    @Override
    public String arguments() {
        return "TRACE [--predict WHAT-IF] --measured TRACE | --all pairs.csv | --identity TRACE...";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope validate ple.txt --predict cfs-6.1+no-ple --measured nople.txt",
                "plescope validate ple.txt --measured nople.txt --ops vm0=3632:153 --ops vm1=3595:156",
                "plescope validate --all pairs.csv --symbols '*linux*=System.map' --format markdown",
                "plescope validate --identity a.txt b.txt");
    }

    @Override
    public Options options(List<String> words) {
        return ValidateOptions.options();
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        ReportWriter writer = new ReportWriter(terminal.width());
        int asked = (line.hasOption(ValidateOptions.ALL) ? 1 : 0)
                + (line.hasOption(ValidateOptions.IDENTITY) ? 1 : 0)
                + (line.hasOption(ValidateOptions.MEASURED) ? 1 : 0);
        if (asked != 1) {
            throw new UsageException("one of --measured, --all and --identity is needed");
        }
        Recordings recordings = ValidateOptions.recordings(line, terminal.in());
        List<ReportTable> tables = new ArrayList<>();
        ExitCode code;
        if (line.hasOption(ValidateOptions.IDENTITY)) {
            List<IdentityError> errors = identity(line, recordings, terminal);
            tables.add(IdentityTables.rows(errors));
            tables.add(IdentityTables.summary(errors));
            code = ExitCode.DONE;
        } else {
            List<Comparison> comparisons =
                    line.hasOption(ValidateOptions.ALL) ? all(line, recordings, terminal) : one(line, recordings);
            boolean page = format == ReportFormat.TABLE || format == ReportFormat.MARKDOWN;
            tables.add(page ? PairTables.shortened(comparisons) : PairTables.all(comparisons));
            PairSummary summary = new PairSummary(comparisons);
            tables.add(PairTables.summary(summary));
            code = summary.count(Judgement.WRONG) > 0 ? ExitCode.FOUND : ExitCode.DONE;
        }
        print(line, terminal, writer, tables, format);
        return code;
    }

    /** Pages show rows and summary; machines get one table. */
    private static void print(
            CommandLine line, Terminal terminal, ReportWriter writer, List<ReportTable> tables, ReportFormat format) {
        boolean page = format == ReportFormat.TABLE || format == ReportFormat.MARKDOWN;
        if (!line.hasOption(ValidateOptions.SUMMARY)) {
            terminal.out().print(writer.write(tables.get(0), format));
            if (!page) {
                return;
            }
            terminal.out().println();
        }
        terminal.out().print(writer.write(tables.get(1), format));
    }

    private static List<IdentityError> identity(CommandLine line, Recordings recordings, Terminal terminal)
            throws IOException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("--identity needs at least one trace");
        }
        List<IdentityError> errors = new ArrayList<>();
        for (String trace : line.getArgList()) {
            terminal.err().println("replaying " + trace);
            Path file = file(trace);
            Recording recording = recordings.read(trace, file);
            Ensemble ensemble = Ensemble.of(
                    recording, EnsembleOptions.plan(line), List.of(), EnsembleOptions.jobs(line), ScheduleKeeper.NONE);
            errors.addAll(IdentityError.of(name(trace), ensemble));
        }
        return errors;
    }

    private static Path file(String trace) throws IOException {
        return new TraceFolder(Path.of("")).find(trace).orElseThrow(() -> new IOException("no trace: " + trace));
    }

    /** A recording's folder says more than the name all logs have. */
    private static String name(String trace) {
        Path path = Path.of(trace).toAbsolutePath();
        boolean general =
                path.getFileName().toString().matches("(perf-script|ftrace-trace|trace-cmd-report|trace)\\..*");
        return (general ? path.getParent() : path).getFileName().toString();
    }

    private static List<Comparison> all(CommandLine line, Recordings recordings, Terminal terminal) throws IOException {
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("--all takes its traces from the list, not '"
                    + line.getArgList().get(0) + "'");
        }
        Path list = Path.of(line.getOptionValue(ValidateOptions.ALL));
        Path beside = list.toAbsolutePath().getParent();
        TraceFolder traces = new TraceFolder(
                line.hasOption(ValidateOptions.TRACES) ? Path.of(line.getOptionValue(ValidateOptions.TRACES)) : beside);
        return new PairValidation(
                        traces, recordings, new WrittenKnobs(), EnsembleOptions.plan(line), EnsembleOptions.jobs(line))
                .both(PairFile.read(list), (from, to) -> terminal.err().println("predicting " + to + " from " + from));
    }

    private static List<Comparison> one(CommandLine line, Recordings recordings) throws IOException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("one recording to replay is needed, got "
                    + line.getArgList().size());
        }
        String a = line.getArgList().get(0);
        String b = line.getOptionValue(ValidateOptions.MEASURED);
        WhatIf predicted = line.hasOption(ValidateOptions.PREDICT)
                ? ReplayOptions.whatIfs(line.getOptionValues(ValidateOptions.PREDICT))
                        .get(0)
                : null;
        Recording replayed = recordings.read(a, file(a));
        Recording asked = recordings.read(b, file(b));
        Recordings both = (name, file) -> name.equals(a) ? replayed : asked;
        Knobs knobs = predicted != null ? (pair, from, to) -> predicted : new WrittenKnobs();
        PairValidation validation = new PairValidation(
                new TraceFolder(Path.of("")), both, knobs, EnsembleOptions.plan(line), EnsembleOptions.jobs(line));
        return validation.forward(pairs(line, a, b, replayed, asked), (from, to) -> {});
    }

    /** What the VMs really did: as the user says, else the guest work that both recordings show. */
    private static List<Pair> pairs(CommandLine line, String a, String b, Recording replayed, Recording asked) {
        Map<String, double[]> operations = ValidateOptions.operations(line);
        boolean told = replayed.spin() == SpinEvidence.PLE_EXITS && asked.spin() == SpinEvidence.PLE_EXITS;
        if (operations.isEmpty() && !told) {
            throw new UsageException("a recording without PLE exits does not tell work from spin:"
                    + " give the operations per second that the guests counted, --ops VM=A:B");
        }
        List<Pair> pairs = new ArrayList<>();
        int vms = Math.min(replayed.roster().vms().size(), asked.roster().vms().size());
        for (int vm = 0; vm < vms; vm++) {
            String name = replayed.roster().vms().get(vm).name();
            double[] both = operations.isEmpty()
                    ? new double[] {
                        replayed.measured().of(vm, Measure.THROUGHPUT),
                        asked.measured().of(vm, Measure.THROUGHPUT)
                    }
                    : operations.get(name);
            if (both == null) {
                throw new UsageException(
                        "--ops says nothing of " + name + "; it knows " + String.join(", ", operations.keySet()));
            }
            pairs.add(Pair.measuredOnce(name, a, b, both[0], both[1]));
        }
        return pairs;
    }
}
