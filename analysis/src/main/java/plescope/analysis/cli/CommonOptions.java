package plescope.analysis.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.store.MemoryLimit;

/** Options that several commands share, spelled as perf spells them where perf has them. */
final class CommonOptions {
    /** Written by {@code read}, {@code analyze} and {@code replay}, read by {@code report}, as perf does with perf.data. */
    static final String DEFAULT_DATABASE = "trace.duckdb";

    static final String INPUT = "i";
    static final String OUTPUT = "o";
    static final String FORMAT = "format";
    static final String COLOR = "color";
    private static final String MEMORY = "memory";

    private CommonOptions() {}

    static Option value(String shortName, String longName, String argument, String description) {
        return Option.builder(shortName)
                .longOpt(longName)
                .hasArg()
                .argName(argument)
                .desc(description)
                .get();
    }

    static Option value(String longName, String argument, String description) {
        return value(null, longName, argument, description);
    }

    static Option flag(String longName, String description) {
        return Option.builder().longOpt(longName).desc(description).get();
    }

    static Options withHelp() {
        return new Options()
                .addOption(Option.builder("h").longOpt("help").desc("this text").get())
                .addOption(value(COLOR, "WHEN", "bold heads of tables: " + ColorMode.known() + "; default auto"));
    }

    static Option input() {
        return value(INPUT, "input", "FILE", "database to read, default " + DEFAULT_DATABASE);
    }

    static Option output() {
        return value(OUTPUT, "output", "FILE", "database to write, default " + DEFAULT_DATABASE);
    }

    static Option format() {
        return value(FORMAT, "FORMAT", ReportFormat.known() + "; default table");
    }

    /** For every command that opens a database. */
    static Option memory() {
        return value(
                MEMORY,
                "SIZE",
                "memory that DuckDB may take, such as 512MB or 2GiB, default " + size(MemoryLimit.DEFAULT)
                        + "; what needs more goes to temporary files");
    }

    /** Databases opened from now on have the limit given, or the usual one. */
    static void limitMemory(CommandLine line) {
        String text = line.getOptionValue(MEMORY);
        if (text == null) {
            MemoryLimit.DEFAULT.use();
            return;
        }
        MemoryLimit limit = MemoryLimit.parse(text)
                .orElseThrow(() -> new UsageException("--" + MEMORY
                        + " must be a number and KB, MB, GB or TB, or KiB, MiB, GiB or TiB, such as 512MB, was '" + text
                        + "'"));
        if (!limit.isEnough()) {
            throw new UsageException(
                    "--" + MEMORY + " must be at least " + size(MemoryLimit.LEAST) + ", was '" + text + "'");
        }
        limit.use();
    }

    private static String size(MemoryLimit limit) {
        return limit.bytes() / 1_000_000 + "MB";
    }

    static Path database(CommandLine line, String option) {
        return Path.of(line.getOptionValue(option, DEFAULT_DATABASE));
    }

    static List<String> formats() {
        return Arrays.stream(ReportFormat.values()).map(ReportFormat::text).toList();
    }

    static ReportFormat format(CommandLine line) {
        String typed = line.getOptionValue(FORMAT, ReportFormat.TABLE.text());
        return ReportFormat.find(typed)
                .orElseThrow(() -> new UsageException(NearestName.complaint(FORMAT, typed, formats())));
    }

    /** A whole number of at least 1. */
    static int count(CommandLine line, String option, int otherwise) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--" + option + " must be a whole number, was '" + text + "'");
        }
        throw new UsageException("--" + option + " must be at least 1, was '" + text + "'");
    }
}
