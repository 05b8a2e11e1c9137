package plescope.analysis.cli;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.RecordingSource;
import plescope.analysis.recording.StoredSource;
import plescope.analysis.sweep.Draw;
import plescope.analysis.sweep.Fingerprint;
import plescope.analysis.sweep.MeasuredReplay;
import plescope.analysis.sweep.MeasuredReplay.Measured;
import plescope.parser.TraceReader;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.Setting;
import plescope.replay.whatif.Meter;

/** Options of the commands that replay one recording many times, and what they read by them. */
final class ExperimentOptions {
    static final String SEED = "seed";
    private static final String RECORDED = "recorded";
    private static final String MEMBERS = "members";
    private static final String SEEDS = "seeds";
    private static final String JOBS = "jobs";
    private static final int DEFAULT_MEMBERS = 2;
    private static final int DEFAULT_SEEDS = 3;

    /** Options that name files, and those that change nothing in a replay. */
    private static final Set<String> FILES = Set.of("threads", "symbols", "spin-code");

    private static final Set<String> READING =
            Set.of("strict", "lenient", "max-loss", "clock-hz", "rejoin", "parser", RECORDED);

    private ExperimentOptions() {}

    static Options addTo(Options options) {
        return WindowOption.addTo(options)
                .addOption(CommonOptions.value(
                        RECORDED, "SETTING", "what the log was recorded under, where you know better than the log"))
                .addOption(CommonOptions.value(
                        MEMBERS, "N", "readings of what the log leaves open, default " + DEFAULT_MEMBERS))
                .addOption(CommonOptions.value(SEEDS, "N", "seeds per reading, default " + DEFAULT_SEEDS))
                .addOption(CommonOptions.value(SEED, "N", "first seed, default 1"))
                .addOption(CommonOptions.value(
                        "j",
                        JOBS,
                        "N",
                        "replays at a time, default one per processor; the answer does not depend on it"));
    }

    /** Reads the recording, at once or in windows; a setting that the user names must make sense. */
    @MustBeClosed
    static RecordingSource source(CommandLine line, Terminal terminal) throws IOException {
        return ReadingOptions.pipeline(line, terminal.in()).source(trace(line), recorded(line), WindowOption.of(line));
    }

    /** Says how the recording was cut where it was. */
    static void say(RecordingSource source, PrintStream err) {
        if (source instanceof StoredSource stored) {
            err.println(stored.seen().cut());
        }
    }

    /** The recording's file: it is read again whenever the replays go on. */
    static Path trace(CommandLine line) throws IOException {
        String trace = ReadingOptions.trace(line);
        if (trace.equals("-")) {
            throw new UsageException("a file is needed: replays that go on later read it again");
        }
        if (!Files.isRegularFile(Path.of(trace))) {
            throw new IOException("no such file: " + trace);
        }
        return Path.of(trace);
    }

    private static Setting recorded(CommandLine line) {
        try {
            return line.hasOption(RECORDED) ? Setting.parse(line.getOptionValue(RECORDED)) : null;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Tells whether the same recording is read and cut in the same way. */
    static String fingerprint(CommandLine line, RecordingSource source) throws IOException {
        Fingerprint print = new Fingerprint().path(trace(line));
        for (Option option : line.getOptions()) {
            String name = option.getLongOpt();
            for (String value : option.hasArg() ? option.getValuesList() : List.of("")) {
                if (FILES.contains(name)) {
                    print.text(name).text(value).path(Path.of(value.substring(value.indexOf('=') + 1)));
                } else if (READING.contains(name)) {
                    print.text(name).text(value);
                }
            }
        }
        return source.cut().isEmpty() ? print.hex() : print.hex() + ", " + source.cut();
    }

    /** Tells whether the same build of plescope runs, with the same policies. */
    static String program() throws IOException {
        Fingerprint print = new Fingerprint()
                .codeOf(TraceReader.class)
                .codeOf(PolicyCatalog.class)
                .codeOf(Main.class);
        for (Class<?> provider : PolicyCatalog.providers()) {
            print.codeOf(provider);
        }
        return "plescope " + Main.version() + " " + print.hex();
    }

    static int jobs(CommandLine line) {
        return CommonOptions.count(line, JOBS, Runtime.getRuntime().availableProcessors());
    }

    static int members(CommandLine line) {
        return CommonOptions.count(line, MEMBERS, DEFAULT_MEMBERS);
    }

    static int seeds(CommandLine line) {
        return CommonOptions.count(line, SEEDS, DEFAULT_SEEDS);
    }

    static long seed(CommandLine line) {
        String text = line.getOptionValue(SEED, "1");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--seed must be a whole number, was '" + text + "'");
        }
    }

    static List<Draw> draws(CommandLine line) {
        return Draw.all(0, members(line), seed(line), seeds(line));
    }

    /** A replay as it is measured. */
    static MeasuredReplay measuredReplay() {
        return (experiment, seed) -> {
            Meter meter = new Meter();
            SimulationSummary summary = experiment.run(seed, meter);
            return new Measured(meter.measures(experiment.work().roster(), summary.elapsedNs()), summary.elapsedNs());
        };
    }
}
