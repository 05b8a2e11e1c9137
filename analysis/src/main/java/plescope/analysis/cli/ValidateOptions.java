package plescope.analysis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.HalvedLog;
import plescope.analysis.recording.LogReader;
import plescope.analysis.recording.RecordingReader;
import plescope.analysis.validate.Recordings;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;

/** Options of {@code validate}. */
final class ValidateOptions {
    static final String PREDICT = "predict";
    static final String MEASURED = "measured";
    static final String OPS = "ops";
    static final String ALL = "all";
    static final String TRACES = "traces";
    static final String IDENTITY = "identity";
    static final String HALVES = "halves";
    static final String SUMMARY = "summary";
    static final String SYNTHETIC = "synthetic";
    static final String BLIND = "blind";
    static final String TABLE = "table";
    private static final String SYMBOLS = "symbols";

    private ValidateOptions() {}

    static Options options() {
        Options options = CommonOptions.withHelp()
                .addOption(CommonOptions.memory())
                .addOption(CommonOptions.value(
                        PREDICT, "WHAT-IF", "what to ask of the recording; by default what the logs show to differ"))
                .addOption(CommonOptions.value(MEASURED, "TRACE", "recording of what was asked"))
                .addOption(
                        CommonOptions.value(
                                OPS,
                                "VM=A:B",
                                "true operations per second of a VM in both recordings, in place of guest work; may be repeated"))
                .addOption(CommonOptions.value(
                        ALL,
                        "FILE",
                        "CSV of recorded pairs: predict each side from the other, as pairs.csv lists them"))
                .addOption(CommonOptions.value(
                        TRACES, "DIR", "where the traces of --all lie, default the folder of the list"))
                .addOption(CommonOptions.flag(
                        IDENTITY, "replay each recording under its own setting and compare with itself"))
                .addOption(CommonOptions.flag(
                        HALVES, "with --identity: costs from the first half of each log, work from the second"))
                .addOption(CommonOptions.flag(
                        SYNTHETIC,
                        "score inference and replays on synthetic logs whose truth is known, all or those named;"
                                + " --seeds counts runs of each, --predict what to replay them under"))
                .addOption(CommonOptions.flag(
                        BLIND, "causes told without symbols against those that --symbols names, wait by wait"))
                .addOption(CommonOptions.flag(SUMMARY, "only the summary"))
                .addOption(CommonOptions.value(
                        TABLE, "NAME", "only this table, such as summary; csv and json have the first by default"))
                .addOption(CommonOptions.value(
                        SYMBOLS,
                        "[GLOB=]FILE",
                        "System.map of the guests, of traces whose name matches; the first that does counts"));
        return EnsembleOptions.addTo(options).addOption(CommonOptions.format());
    }

    /** Reads recordings, each with the symbols of its name. */
    static Recordings recordings(CommandLine line, InputStream standardInput) throws IOException {
        Function<String, GuestSymbols> symbols = symbols(line);
        Pipeline pipeline = ReadingOptions.pipeline(line, standardInput);
        return (name, file) -> {
            GuestSymbols fitting = symbols.apply(name);
            Setting recorded = EnsembleOptions.recorded(line);
            return line.hasOption(HALVES)
                    ? new HalvedLog(new LogReader(pipeline.options(), pipeline.threads(), fitting), recorded).read(file)
                    : new RecordingReader(pipeline.options(), pipeline.threads(), fitting, recorded).read(file);
        };
    }

    /** The symbols of a trace's name: those of the first pattern that it matches, none where none does. */
    static Function<String, GuestSymbols> symbols(CommandLine line) throws IOException {
        Map<PathMatcher, GuestSymbols> symbols = new LinkedHashMap<>();
        for (String value : line.hasOption(SYMBOLS) ? line.getOptionValues(SYMBOLS) : new String[0]) {
            int equals = value.indexOf('=');
            String glob = equals < 0 ? "**" : "**" + value.substring(0, equals);
            String file = value.substring(equals + 1);
            symbols.put(FileSystems.getDefault().getPathMatcher("glob:" + glob), SymbolFiles.read(new String[] {file}));
        }
        return name -> symbols.entrySet().stream()
                .filter(entry -> entry.getKey().matches(Path.of(name)))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(GuestSymbols.NONE);
    }

    /** Operations per second of both recordings, by VM, in the order given. */
    static Map<String, double[]> operations(CommandLine line) {
        Map<String, double[]> operations = new LinkedHashMap<>();
        for (String value : line.hasOption(OPS) ? line.getOptionValues(OPS) : new String[0]) {
            List<String> parts = new ArrayList<>(List.of(value.split("[=:]", -1)));
            try {
                double[] both = {Double.parseDouble(parts.get(1)), Double.parseDouble(parts.get(2))};
                if (parts.size() == 3 && both[0] > 0 && both[1] > 0) {
                    operations.put(parts.get(0), both);
                    continue;
                }
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw refused(value);
            }
            throw refused(value);
        }
        return operations;
    }

    private static UsageException refused(String value) {
        return new UsageException("--ops must be VM=A:B with rates above 0, such as vm0=3632:153, was '" + value + "'");
    }
}
