package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.file.PartialFile;
import plescope.analysis.file.PartialText;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.store.SweepDatabase;
import plescope.analysis.sweep.Draw;
import plescope.analysis.sweep.Grid;
import plescope.analysis.sweep.ReplayJournal;
import plescope.analysis.sweep.ReplayRunner;
import plescope.analysis.sweep.Sweep;
import plescope.analysis.sweep.SweepTable;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.WhatIf;

/** {@code plescope sweep}: a grid of what-ifs over one recording, resumable. */
final class SweepCommand implements Command {
    private static final String GRID = "grid";
    private static final String DEFAULT_OUTPUT = "sweep.csv";
    private static final String DATABASE = ".duckdb";

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String summary() {
        return "replay a recording under a grid of what-ifs and mark the best";
    }

    @Override
    public String arguments() {
        return "TRACE|DATABASE|WORKLOAD --grid 'NAME=VALUE,...' [--grid ...]... [--window LENGTH] [-o FILE.csv|FILE.duckdb] [--fail-on CONDITION]...";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope sweep trace.txt --grid 'setting=cfs-6.1+p2019,cfs-6.1+p2019+debooster{gran=1ms..4ms/4}'",
                "plescope sweep trace.txt --grid 'setting=+debooster{gran=500us..8ms*2}' --grid ple_window=1024,4096,16384"
                        + " -o sweep.duckdb --fail-on 'fairness<0.8'",
                "plescope sweep night.duckdb --grid 'ple_window=1024,4096' --window 30s");
    }

    @Override
    public Options options(List<String> words) {
        return ExperimentOptions.addTo(ReadingOptions.options())
                .addOption(CommonOptions.value(
                        GRID,
                        "AXIS",
                        "what to vary: NAME=VALUE,VALUE,... with ranges 1ms..4ms/4 or 1024..16384*2; may be repeated"))
                .addOption(CommonOptions.value(
                        CommonOptions.OUTPUT,
                        "output",
                        "FILE",
                        "CSV file or, named .duckdb, database to write, default " + DEFAULT_OUTPUT
                                + "; replays done are kept beside it in FILE.replays.csv"))
                .addOption(FailOn.option())
                .addOption(CommonOptions.format());
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        ReportFormat format = CommonOptions.format(line);
        FailOn failOn = FailOn.of(line);
        Grid grid = grid(line);
        Path output = Path.of(line.getOptionValue(CommonOptions.OUTPUT, DEFAULT_OUTPUT));
        Path journalFile = output.resolveSibling(output.getFileName() + ".replays.csv");
        PartialFile.requireFile(output);
        try (RecordingSource source = ExperimentOptions.source(line, terminal);
                ReplayJournal journal = ReplayJournal.open(
                        journalFile,
                        ExperimentOptions.program(),
                        ExperimentOptions.fingerprint(line, source),
                        source.recording().roster())) {
            Recording recording = source.recording();
            failOn.check(recording.roster());
            ExperimentOptions.say(source, terminal.err());
            List<Draw> draws = ExperimentOptions.draws(line);
            ReplayRunner runner = new ReplayRunner(
                    source,
                    ExperimentOptions.measuredReplay(),
                    journal,
                    ExperimentOptions.jobs(line),
                    ReplayProgress.start());
            Sweep sweep = new Sweep(runner, whatIfs(grid, runner), draws);
            terminal.err()
                    .println(sweep.size() + " what-ifs, " + draws.size() + " replays each; " + journal.size()
                            + " replays are in " + journalFile + " already");
            List<Sweep.Cell> cells = sweep.run();
            write(cells, output, journalFile);
            terminal.out().print(terminal.writer().write(SweepTable.summary(cells), format));
            warn(recording, terminal);
            terminal.err().println("written: " + output);
            return judge(cells, recording, failOn, terminal);
        }
    }

    private static Grid grid(CommandLine line) {
        if (!line.hasOption(GRID)) {
            throw new UsageException("at least one --grid is needed, such as --grid 'setting=cfs-6.1,eevdf-6.12'");
        }
        try {
            return Grid.parse(List.of(line.getOptionValues(GRID)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--grid: " + e.getMessage());
        }
    }

    private static List<WhatIf> whatIfs(Grid grid, ReplayRunner runner) {
        List<WhatIf> whatIfs = new ArrayList<>();
        for (String text : grid.whatIfs()) {
            try {
                whatIfs.add(runner.read(text));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--grid: " + e.getMessage());
            }
        }
        return whatIfs;
    }

    private static void write(List<Sweep.Cell> cells, Path output, Path journal) throws IOException {
        if (!output.toString().endsWith(DATABASE)) {
            writeCsv(cells, output);
            return;
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path rows = folder.file("cells.csv");
            writeCsv(cells, rows);
            SweepDatabase.write(output, rows, journal);
        }
    }

    private static void writeCsv(List<Sweep.Cell> cells, Path output) throws IOException {
        try (PartialText file = new PartialText(output)) {
            file.writer()
                    .write(new ReportWriter(Terminal.UNLIMITED_WIDTH).write(SweepTable.all(cells), ReportFormat.CSV));
            file.publish();
        }
    }

    private static void warn(Recording recording, Terminal terminal) {
        if (recording.spin() == SpinEvidence.NONE) {
            terminal.err().println("this recording shows no spinning: it cannot answer what depends on it");
        }
        if (recording.measured() == null) {
            terminal.err().println("the recording itself was not measured: the identity replay's error is unknown");
        }
    }

    private static ExitCode judge(List<Sweep.Cell> cells, Recording recording, FailOn failOn, Terminal terminal) {
        Measures identity = cells.get(0).mean();
        boolean found = false;
        for (Sweep.Cell cell : cells) {
            found |= failOn.holds(cell.whatIf().text(), recording.roster(), cell.mean(), identity, terminal.err());
        }
        return found ? ExitCode.FOUND : ExitCode.DONE;
    }
}
