package plescope.analysis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.SpinCodeFile;
import plescope.parser.ParserKind;
import plescope.parser.ReadOptions;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;

/** Options of the commands that read a log. */
final class ReadingOptions {
    static final String STANDARD_INPUT = "-";

    private static final String STRICT = "strict";
    private static final String LENIENT = "lenient";
    private static final String MAX_LOSS = "max-loss";
    private static final String CLOCK_HZ = "clock-hz";
    private static final String REJOIN = "rejoin";
    private static final String THREADS = "threads";
    private static final String SYMBOLS = "symbols";
    private static final String SPIN_CODE = "spin-code";
    static final String PARSER = "parser";
    static final List<String> PARSERS = List.of("compiled", "stock");

    private static final String JOBS = "jobs";

    private ReadingOptions() {}

    static Options options() {
        return querying().addOption(CommonOptions.output());
    }

    /** Options of a command that reads a log as a database is made of it, but keeps none. */
    static Options querying() {
        return checking().addOption(symbols()).addOption(spinCode()).addOption(CommonOptions.memory());
    }

    static Option symbols() {
        return CommonOptions.value(
                SYMBOLS, "[VM=]FILE", "System.map or kallsyms of a guest, or of all guests; may be repeated");
    }

    static Option spinCode() {
        return CommonOptions.value(
                SPIN_CODE,
                "FILE",
                "where guests spin, for logs without PLE exits: a database of the same guests with PLE on, or a CSV file"
                        + " with columns vm,from,to,kind; may be repeated");
    }

    /** What is known of the guests' code. */
    private static GuestSymbols symbols(CommandLine line) throws IOException {
        GuestSymbols symbols = SymbolFiles.read(line.getOptionValues(SYMBOLS));
        for (String file : line.hasOption(SPIN_CODE) ? line.getOptionValues(SPIN_CODE) : new String[0]) {
            symbols = symbols.withSpinCode(SpinCodeFile.read(Path.of(file)));
        }
        return symbols;
    }

    /** Options of a command that reads a log and writes no database. */
    static Options checking() {
        return CommonOptions.withHelp()
                .addOptionGroup(new OptionGroup()
                        .addOption(CommonOptions.flag(STRICT, "stop at the first damaged line"))
                        .addOption(CommonOptions.flag(LENIENT, "skip and count damaged lines, the default")))
                .addOption(CommonOptions.value(
                        MAX_LOSS, "PERCENT", "damaged or lost lines to accept, percent of all, default 1"))
                .addOption(CommonOptions.value(
                        CLOCK_HZ,
                        "HZ",
                        "ticks per second of a clock that prints whole numbers, such as 2.4e9 for a TSC"))
                .addOption(CommonOptions.flag(REJOIN, "the log is pasted from a mail: unquote it, join wrapped lines"))
                .addOption(
                        CommonOptions.value(
                                THREADS,
                                "FILE",
                                "which thread is which vCPU: CSV with columns tid,tgid,vm,vcpu; or the output of ps -eLo pid,tid,comm"))
                .addOption(CommonOptions.value(
                        PARSER, "KIND", "stock: ANTLR's own lexer, slower; compiled: the same as code, the default"))
                .addOption(CommonOptions.value(
                        "j", JOBS, "N", "threads that parse, default one per processor; the result is the same"));
    }

    static Pipeline pipeline(CommandLine line, InputStream standardInput) throws IOException {
        return new Pipeline(standardInput, reading(line), threads(line), symbols(line));
    }

    /** How strictly to read. */
    static ReadOptions reading(CommandLine line) {
        return new ReadOptions(
                line.hasOption(STRICT),
                maxLoss(line),
                ReadOptions.DEFAULT_REORDER_WINDOW_NS,
                clockHz(line),
                line.hasOption(REJOIN),
                parser(line),
                CommonOptions.count(line, JOBS, Runtime.getRuntime().availableProcessors()));
    }

    /** Who is who, where the user knows better than the log. */
    static ThreadMap threads(CommandLine line) throws IOException {
        return line.hasOption(THREADS) ? ThreadMapFile.read(Path.of(line.getOptionValue(THREADS))) : ThreadMap.EMPTY;
    }

    /** The logs of one recording, patterns expanded; {@link #STANDARD_INPUT} stands alone. */
    static List<String> traces(CommandLine line) throws IOException {
        List<String> words = line.getArgList();
        if (words.isEmpty() || (words.size() > 1 && words.contains(STANDARD_INPUT))) {
            throw new UsageException(
                    "a trace is needed, or several of one recording, or - alone for standard input; got "
                            + words.size());
        }
        List<String> traces = new ArrayList<>();
        for (String word : words) {
            traces.addAll(FilePattern.expand(word));
        }
        if (traces.size() > 1 && line.hasOption(REJOIN)) {
            throw new UsageException("--rejoin takes one log at a time");
        }
        return traces;
    }

    static String trace(CommandLine line) {
        if (line.getArgList().size() != 1) {
            throw new UsageException("one trace file is needed, or - for standard input; got "
                    + line.getArgList().size());
        }
        return line.getArgList().get(0);
    }

    private static long clockHz(CommandLine line) {
        String text = line.getOptionValue(CLOCK_HZ);
        if (text == null) {
            return 0;
        }
        try {
            double hz = Double.parseDouble(text);
            if (hz >= 1 && hz <= ReadOptions.MAX_CLOCK_HZ) {
                return Math.round(hz);
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--clock-hz must be a number of ticks per second, was '" + text + "'");
        }
        throw new UsageException(
                "--clock-hz must lie between 1 and " + ReadOptions.MAX_CLOCK_HZ + ", was '" + text + "'");
    }

    private static double maxLoss(CommandLine line) {
        String text = line.getOptionValue(MAX_LOSS);
        if (text == null) {
            return ReadOptions.DEFAULT_MAX_LOSS;
        }
        try {
            double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--max-loss must be a number of percent, was '" + text + "'");
        }
        throw new UsageException("--max-loss must lie between 0 and 100 percent, was '" + text + "'");
    }

    private static ParserKind parser(CommandLine line) {
        String text = line.getOptionValue(PARSER, "compiled");
        return switch (text) {
            case "compiled" -> ParserKind.COMPILED;
            case "stock" -> ParserKind.STOCK;
            default -> throw new UsageException("--parser must be stock or compiled, was '" + text + "'");
        };
    }
}
