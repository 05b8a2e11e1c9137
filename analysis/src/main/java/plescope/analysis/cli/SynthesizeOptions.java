package plescope.analysis.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.Scenario;
import plescope.replay.scenario.Synthesis;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.KernelEra;
import plescope.replay.scenario.text.Producer;

/** Options of {@code synthesize}. */
final class SynthesizeOptions {
    static final String TRUTH = "truth";
    static final String SYMBOLS = "symbols";
    static final String PRODUCER = "producer";
    static final String KERNEL = "kernel";
    static final String COUNTS = "counts";
    private static final String LINES = "lines";
    private static final String SETTING = "setting";
    private static final String SEED = "seed";
    private static final String SPAN = "span";
    private static final String SET = "set";

    private SynthesizeOptions() {}

    static Options options() {
        return CommonOptions.withHelp()
                .addOption(CommonOptions.value(
                        CommonOptions.OUTPUT,
                        "output",
                        "FILE",
                        "trace to write, default trace.txt; - for standard output"))
                .addOption(CommonOptions.value(PRODUCER, "NAME", "in whose words: perf (default), trace-cmd or ftrace"))
                .addOption(CommonOptions.value(
                        KERNEL,
                        "VERSION",
                        "kernel whose tracepoints are printed: " + String.join(", ", kernels())
                                + "; default that of the setting's scheduler"))
                .addOption(CommonOptions.value(
                        SETTING, "SETTING", "run under this instead of the scenario's own, such as eevdf-6.12+p2024"))
                .addOption(CommonOptions.value(SEED, "N", "seed of the run, default the scenario's first"))
                .addOption(CommonOptions.value(
                        SPAN,
                        "DURATION",
                        "simulated time, such as 500ms, default the scenario's, or endless with --lines"))
                .addOption(CommonOptions.value(
                        LINES, "N", "end the log, and the run, at this many lines; any length takes the same memory"))
                .addOption(CommonOptions.value(SET, "NAME=VALUE", "give a parameter another value; may be repeated"))
                .addOption(CommonOptions.value(TRUTH, "FILE", "CSV file for what no trace shows: locks, waits, work"))
                .addOption(CommonOptions.value(
                        COUNTS, "FILE", "CSV file for what was written: lines, events by name, PLE exits, waits"))
                .addOption(CommonOptions.value(SYMBOLS, "FILE", "System.map of the guests to write"));
    }

    static Map<String, String> parameters(CommandLine line) {
        Map<String, String> parameters = new TreeMap<>();
        for (String given : line.hasOption(SET) ? line.getOptionValues(SET) : new String[0]) {
            int equals = given.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--set needs NAME=VALUE, was '" + given + "'");
            }
            if (parameters.put(given.substring(0, equals), given.substring(equals + 1)) != null) {
                throw new UsageException("--set gives '" + given.substring(0, equals) + "' twice");
            }
        }
        return parameters;
    }

    static Setting setting(CommandLine line, Scenario scenario) {
        try {
            return line.hasOption(SETTING) ? Setting.parse(line.getOptionValue(SETTING)) : scenario.setting();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    static long seed(CommandLine line, Scenario scenario) {
        String text = line.getOptionValue(SEED);
        try {
            return text == null ? scenario.seeds().get(0) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--seed must be a whole number, was '" + text + "'");
        }
    }

    static long spanNs(CommandLine line, Scenario scenario) {
        try {
            if (line.hasOption(SPAN)) {
                return Scenario.duration(line.getOptionValue(SPAN));
            }
            return line.hasOption(LINES) ? Synthesis.ENDLESS_NS : scenario.spanNs();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--span: " + e.getMessage());
        }
    }

    /** Lines after which the log ends. */
    static long lines(CommandLine line) {
        String text = line.getOptionValue(LINES);
        if (text == null) {
            return Long.MAX_VALUE;
        }
        try {
            long lines = Long.parseLong(text);
            if (lines > 0) {
                return lines;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--lines must be a whole number from 1, was '" + text + "'");
        }
        throw new UsageException("--lines must be a whole number from 1, was '" + text + "'");
    }

    static Dialect dialect(CommandLine line, Scenario scenario, Setting setting) {
        String producer = line.getOptionValue(PRODUCER, Producer.PERF.label());
        List<String> producers = producers();
        if (!producers.contains(producer)) {
            throw new UsageException(NearestName.complaint("producer", producer, producers));
        }
        KernelEra own = KernelEra.of(setting.scheduler());
        String kernel = line.getOptionValue(KERNEL, own.label());
        if (!kernels().contains(kernel)) {
            throw new UsageException("unknown kernel '" + kernel + "'; known are: " + String.join(", ", kernels()));
        }
        return new Dialect(
                Producer.values()[producers.indexOf(producer)],
                KernelEra.values()[kernels().indexOf(kernel)],
                scenario.isa(),
                true);
    }

    static List<String> producers() {
        return Arrays.stream(Producer.values()).map(Producer::label).toList();
    }

    static List<String> kernels() {
        return Arrays.stream(KernelEra.values()).map(KernelEra::label).toList();
    }
}
