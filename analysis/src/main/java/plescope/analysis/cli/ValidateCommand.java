package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportSection;
import plescope.analysis.scoring.BlindTables;
import plescope.analysis.scoring.SymbolsBlind;
import plescope.analysis.scoring.SyntheticCase;
import plescope.analysis.scoring.SyntheticCases;
import plescope.analysis.scoring.SyntheticProof;
import plescope.analysis.scoring.SyntheticTables;
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
import plescope.replay.spin.GuestSymbols;
import plescope.replay.whatif.Ensemble;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.ScheduleKeeper;
import plescope.replay.whatif.WhatIf;

/** {@code plescope validate}: predictions, identity replays and inference against what was recorded, simulated, or named by symbols. */
final class ValidateCommand implements Command {
    private static final List<String> MODES = List.of(
            ValidateOptions.MEASURED,
            ValidateOptions.ALL,
            ValidateOptions.IDENTITY,
            ValidateOptions.SYNTHETIC,
            ValidateOptions.BLIND);

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "compare predictions, identity replays and inference with what is true";
    }

    @Override
    public String arguments() {
        return "TRACE [--predict WHAT-IF] --measured TRACE | --all pairs.csv | --identity TRACE..."
                + " | --synthetic [CASE...] | --blind TRACE...";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope validate ple.txt --predict cfs-6.1+no-ple --measured nople.txt",
                "plescope validate ple.txt --measured nople.txt --ops vm0=3632:153 --ops vm1=3595:156",
                "plescope validate --all pairs.csv --symbols '*linux*=System.map' --format markdown",
                "plescope validate --identity a.txt b.txt",
                "plescope validate --synthetic convoy queue-cfs --seeds 3",
                "plescope validate --blind a.txt b.txt --symbols System.map");
    }

    @Override
    public Options options(List<String> words) {
        return ValidateOptions.options();
    }

    /** What there is to print, and to tell by the exit code. */
    private record Answer(List<ReportSection> sections, ExitCode code) {}

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        if (MODES.stream().filter(line::hasOption).count() != 1) {
            throw new UsageException("one of --" + String.join(", --", MODES) + " is needed");
        }
        Answer answer = answer(line, terminal, format);
        new SectionPrinter(terminal, format).print(line, answer.sections());
        return answer.code();
    }

    private static Answer answer(CommandLine line, Terminal terminal, ReportFormat format) throws IOException {
        if (line.hasOption(ValidateOptions.SYNTHETIC)) {
            return synthetic(line, terminal, format);
        }
        if (line.hasOption(ValidateOptions.BLIND)) {
            return blind(line, terminal);
        }
        Recordings recordings = ValidateOptions.recordings(line, terminal.in());
        if (line.hasOption(ValidateOptions.IDENTITY)) {
            return new Answer(IdentityTables.sections(identity(line, recordings, terminal)), ExitCode.DONE);
        }
        List<Comparison> comparisons =
                line.hasOption(ValidateOptions.ALL) ? all(line, recordings, terminal) : one(line, recordings);
        boolean wrong = new PairSummary(comparisons).count(Judgement.WRONG) > 0;
        return new Answer(PairTables.sections(comparisons, format), wrong ? ExitCode.FOUND : ExitCode.DONE);
    }

    private static Answer synthetic(CommandLine line, Terminal terminal, ReportFormat format) {
        List<SyntheticCase> cases;
        try {
            cases = SyntheticCases.named(line.getArgList());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        List<String> settings = line.hasOption(ValidateOptions.PREDICT)
                ? List.of(EnsembleOptions.setting(line.getOptionValue(ValidateOptions.PREDICT))
                        .toString())
                : List.of();
        SyntheticProof proof = SyntheticProof.of(
                cases, EnsembleOptions.runs(line), settings, EnsembleOptions.jobs(line), name -> terminal.err()
                        .println("scoring " + name));
        return new Answer(
                SyntheticTables.sections(proof, SectionPrinter.isPage(format)),
                proof.meetsGoals() ? ExitCode.DONE : ExitCode.FOUND);
    }

    private static Answer blind(CommandLine line, Terminal terminal) throws IOException {
        Function<String, GuestSymbols> symbols = ValidateOptions.symbols(line);
        Pipeline pipeline = ReadingOptions.pipeline(line, terminal.in());
        List<SymbolsBlind> logs = new ArrayList<>();
        for (String trace : traces(line, ValidateOptions.BLIND)) {
            GuestSymbols named = symbols.apply(trace);
            if (named.equals(GuestSymbols.NONE)) {
                throw new UsageException("--blind needs --symbols that fit " + trace);
            }
            terminal.err().println("reading " + trace);
            logs.add(SymbolsBlind.of(name(trace), file(trace), pipeline.options(), pipeline.threads(), named));
        }
        boolean wrong = logs.stream().anyMatch(log -> log.right() < log.told());
        return new Answer(BlindTables.sections(logs), wrong ? ExitCode.FOUND : ExitCode.DONE);
    }

    private static List<String> traces(CommandLine line, String mode) {
        if (line.getArgList().isEmpty()) {
            throw new UsageException("--" + mode + " needs at least one trace");
        }
        return line.getArgList();
    }

    private static List<IdentityError> identity(CommandLine line, Recordings recordings, Terminal terminal)
            throws IOException {
        List<IdentityError> errors = new ArrayList<>();
        for (String trace : traces(line, ValidateOptions.IDENTITY)) {
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
