package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.file.PartialText;
import plescope.analysis.html.HtmlPage;
import plescope.analysis.store.TraceDatabase;

/** {@code plescope html}: a database or log as one page of pictures. */
final class HtmlCommand implements Command {
    private static final String RUN = "run";

    @Override
    public String name() {
        return "html";
    }

    @Override
    public String summary() {
        return "write a page of pictures that needs no network";
    }

    @Override
    public String arguments() {
        return "[DATABASE|TRACE|-] [-o FILE] [--run N]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope html",
                "plescope html host.duckdb -o host.html",
                "plescope html trace.txt.zst --symbols System.map -o trace.html",
                "plescope html trace.duckdb --run 3 -o debooster.html");
    }

    @Override
    public Options options(List<String> words) {
        return ReadingOptions.checking()
                .addOption(ReadingOptions.symbols())
                .addOption(ReadingOptions.spinCode())
                .addOption(CommonOptions.memory())
                .addOption(CommonOptions.value(
                        CommonOptions.OUTPUT,
                        "output",
                        "FILE",
                        "page to write, default the name of the input with .html"))
                .addOption(CommonOptions.value(
                        RUN,
                        "N",
                        "schedule to show, default the recorded one: plescope sql DATABASE \"FROM run\" lists them"));
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        if (line.getArgList().size() > 1) {
            throw new UsageException(
                    "html takes one database or trace, got " + line.getArgList().size());
        }
        String input = line.getArgList().isEmpty()
                ? CommonOptions.DEFAULT_DATABASE
                : line.getArgList().get(0);
        Path page;
        try (StoredInput stored = new StoredInput(input, ReadingOptions.pipeline(line, terminal.in()), terminal);
                TraceDatabase database = stored.open()) {
            page = page(line, input, stored);
            write(database, page, line);
        }
        terminal.out().println("written: " + page);
        return ExitCode.DONE;
    }

    /** Beside a database; logs often lie where one does not write. */
    private static Path page(CommandLine line, String input, StoredInput stored) {
        if (line.hasOption(CommonOptions.OUTPUT)) {
            return Path.of(line.getOptionValue(CommonOptions.OUTPUT));
        }
        Path named = Path.of(input.equals("-") ? "trace" : input);
        return beside(stored.isMade() ? named.getFileName() : named);
    }

    /** {@code host.html} for {@code host.duckdb}. */
    static Path beside(Path input) {
        String name = input.getFileName().toString();
        int dot = name.indexOf('.', 1);
        String page = (dot < 0 ? name : name.substring(0, dot)) + ".html";
        return input.resolveSibling(page.equals(name) ? name + ".html" : page);
    }

    private static void write(TraceDatabase database, Path page, CommandLine line) throws IOException {
        List<Integer> runs = HtmlPage.runs(database);
        int run = runs.isEmpty() ? 0 : runs.get(0);
        if (line.hasOption(RUN)) {
            run = number(line.getOptionValue(RUN), runs);
        }
        write(database, run, page);
    }

    static void write(TraceDatabase database, int run, Path page) throws IOException {
        try (PartialText out = new PartialText(page)) {
            HtmlPage.write(database, run, out.writer());
            out.publish();
        }
    }

    private static int number(String typed, List<Integer> runs) {
        return runs.stream()
                .filter(run -> run.toString().equals(typed))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no run '" + typed + "'; there are: "
                        + String.join(", ", runs.stream().map(String::valueOf).toList())));
    }
}
