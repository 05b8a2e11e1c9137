package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.export.AnonymousDatabase;
import plescope.analysis.export.AnonymousLog;
import plescope.analysis.file.PartialText;
import plescope.analysis.file.TemporaryFolder;
import plescope.analysis.recording.RecordingInput;
import plescope.replay.timeline.ThreadMap;

/** {@code plescope anonymise}: a log or database to share, without what identifies anyone. */
final class AnonymiseCommand implements Command {
    private static final String KEY = "key";
    private static final String KEEP_TIME = "keep-time";
    private static final String KEEP_SYMBOLS = "keep-symbols";

    @Override
    public String name() {
        return "anonymise";
    }

    @Override
    public String summary() {
        return "write a log or database without names, ids and addresses";
    }

    @Override
    public String arguments() {
        return "TRACE...|DATABASE|- -o FILE [--key TEXT] [--keep-time] [--keep-symbols]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope anonymise perf-script.txt.zst -o shared.txt.zst",
                "plescope anonymise trace.duckdb -o shared.duckdb",
                "plescope anonymise monday.txt -o monday-shared.txt --key 'only we know this'");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.checking()
                .addOption(CommonOptions.memory())
                .addOption(CommonOptions.value(
                        CommonOptions.OUTPUT, "output", "FILE", "file to write; for logs, .gz and .zst compress"))
                .addOption(CommonOptions.value(
                        KEY, "TEXT", "equal keys give equal names, in this file and others; default a random one"))
                .addOption(CommonOptions.flag(KEEP_TIME, "keep the clock's readings; without it they begin at 1000 s"))
                .addOption(CommonOptions.flag(
                        KEEP_SYMBOLS, "keep names of guest functions in a database; logs hold none"));
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        if (!line.hasOption(CommonOptions.OUTPUT)) {
            throw new UsageException("anonymise needs a file to write: -o FILE");
        }
        if (!ReadingOptions.threads(line).equals(ThreadMap.EMPTY)) {
            throw new UsageException("a log has no room for --threads; read it with them, then anonymise the database");
        }
        Path output = Path.of(line.getOptionValue(CommonOptions.OUTPUT));
        Pipeline pipeline = ReadingOptions.pipeline(line, terminal.in());
        List<String> traces = ReadingOptions.traces(line);
        if (traces.get(0).equals(ReadingOptions.STANDARD_INPUT)) {
            try (TemporaryFolder folder = TemporaryFolder.create()) {
                Path copy = folder.file("log");
                Files.copy(terminal.in(), copy);
                log(List.of(copy), output, pipeline, line, terminal);
            }
            return ExitCode.DONE;
        }
        RecordingInput.Kind kind;
        try (RecordingInput input = pipeline.open(traces)) {
            kind = input.kind();
        }
        List<Path> files = traces.stream().map(Path::of).toList();
        for (Path file : files) {
            if (Files.exists(output) && Files.isSameFile(file, output)) {
                throw new UsageException("the output would replace the original; name another file");
            }
        }
        switch (kind) {
            case LOG -> log(files, output, pipeline, line, terminal);
            case DATABASE -> database(files.get(0), output, line, terminal);
            case WORKLOAD ->
                throw new UsageException("a workload file leaves out names by: plescope extract --anonymise");
        }
        return ExitCode.DONE;
    }

    private static void log(List<Path> files, Path output, Pipeline pipeline, CommandLine line, Terminal terminal)
            throws IOException {
        AnonymousLog log = new AnonymousLog(files, pipeline.options(), line.getOptionValue(KEY));
        try (PartialText out = new PartialText(output)) {
            log.write(line.hasOption(KEEP_TIME), out.writer());
            out.publish();
        }
        terminal.err()
                .println("left out: " + log.dropped() + " lines that are no events, and what " + log.masked()
                        + " events of unknown tracepoints say");
        terminal.out().println("written: " + output);
    }

    private static void database(Path file, Path output, CommandLine line, Terminal terminal) throws IOException {
        AnonymousDatabase.write(
                file, output, line.getOptionValue(KEY), line.hasOption(KEEP_TIME), line.hasOption(KEEP_SYMBOLS));
        terminal.out().println("written: " + output);
    }
}
