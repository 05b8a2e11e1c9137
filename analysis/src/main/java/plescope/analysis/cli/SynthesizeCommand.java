package plescope.analysis.cli;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.file.PartialText;
import plescope.replay.guest.GuestOutcome;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.Arch;
import plescope.replay.scenario.Scenario;
import plescope.replay.scenario.ScenarioException;
import plescope.replay.scenario.Synthesis;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.GuestFunction;
import plescope.replay.scenario.text.TraceCounts;
import plescope.replay.scenario.text.TruthRow;

/** {@code plescope synthesize}: scenario to trace text. */
final class SynthesizeCommand implements Command {
    private static final String DEFAULT_TRACE = "trace.txt";
    private static final String STANDARD = "-";

    @Override
    public String name() {
        return "synthesize";
    }

    @Override
    public String summary() {
        return "run a scenario on a simulated host and write the trace it would leave";
    }

    @Override
    public String arguments() {
        return "SCENARIO [-o FILE|-] [--span DURATION|--lines N] [--producer NAME] [--kernel VERSION] [--truth FILE]"
                + " [--symbols FILE] [--counts FILE]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope synthesize samples/scenarios/convoy.scenario",
                "plescope synthesize samples/scenarios/dedup.scenario --set vms=4 --truth truth.csv",
                "plescope synthesize my.scenario --producer ftrace --kernel 5.6 --span 100ms -o - | plescope analyze -",
                "plescope synthesize samples/scenarios/dedup.scenario --lines 150000000 -o - | plescope read -");
    }

    @Override
    public Options options(List<String> words) {
        return SynthesizeOptions.options();
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) throws IOException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("synthesize needs one scenario file");
        }
        String name = line.getArgList().get(0);
        Scenario scenario = Scenario.parse(name, text(name, terminal), SynthesizeOptions.parameters(line));
        if (scenario.arch() == Arch.S390) {
            throw new ScenarioException(
                    name,
                    0,
                    0,
                    "",
                    "this scenario's host is s390, and plescope reads and writes traces of x86 hosts only",
                    "its effects can be simulated; a trace of it cannot be written");
        }
        Setting setting = SynthesizeOptions.setting(line, scenario);
        Dialect dialect = SynthesizeOptions.dialect(line, scenario, setting);
        Synthesis synthesis = new Synthesis(
                scenario, setting, SynthesizeOptions.spanNs(line, scenario), SynthesizeOptions.seed(line, scenario));
        String output = line.getOptionValue(CommonOptions.OUTPUT, DEFAULT_TRACE);
        long lines = SynthesizeOptions.lines(line);
        Synthesis.Result result =
                write(synthesis, dialect, output, lines, line.getOptionValue(SynthesizeOptions.TRUTH), terminal);
        symbols(line.getOptionValue(SynthesizeOptions.SYMBOLS));
        if (line.hasOption(SynthesizeOptions.COUNTS)) {
            counts(result, scenario, Path.of(line.getOptionValue(SynthesizeOptions.COUNTS)));
        }
        say(synthesis, result, output.equals(STANDARD) ? terminal.err() : terminal.out());
        if (lines != Long.MAX_VALUE && result.log().lines() < lines) {
            terminal.err().println("the run was over after " + result.log().lines() + " lines");
        }
        return ExitCode.DONE;
    }

    private static void say(Synthesis synthesis, Synthesis.Result result, PrintStream said) {
        said.println("ran '" + synthesis.scenario().title() + "' for "
                + result.host().elapsedNs() / 1_000_000 + " ms under " + synthesis.setting() + ", seed "
                + synthesis.seed());
        for (GuestOutcome vm : result.guests()) {
            said.println(vm.vm() + ": " + vm.operations() + " operations, " + vm.usefulNs() / 1_000_000
                    + " ms of guest work");
        }
        TraceCounts log = result.log();
        said.println("wrote " + log.lines() + " lines, " + log.bytes() + " bytes: " + log.allEvents() + " events, "
                + log.pauseExits() + " PLE exits of "
                + synthesis.scenario().roster().vcpus().size() + " vCPUs; " + result.waits() + " waits");
    }

    /** What was written, to hold readings against. */
    private static void counts(Synthesis.Result result, Scenario scenario, Path file) throws IOException {
        TraceCounts log = result.log();
        try (PartialText counts = new PartialText(file)) {
            write(counts.writer(), "what,name,count");
            write(counts.writer(), "log,lines," + log.lines());
            write(counts.writer(), "log,bytes," + log.bytes());
            write(counts.writer(), "log,events," + log.allEvents());
            log.events().forEach((event, count) -> write(counts.writer(), "event," + event.label() + "," + count));
            write(counts.writer(), "exit,ple," + log.pauseExits());
            write(counts.writer(), "guest,vms," + scenario.roster().vms().size());
            write(counts.writer(), "guest,vcpus," + scenario.roster().vcpus().size());
            write(counts.writer(), "truth,waits," + result.waits());
            counts.publish();
        }
    }

    private static String text(String name, Terminal terminal) throws IOException {
        if (name.equals(STANDARD)) {
            return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(Path.of(name));
        } catch (CharacterCodingException e) {
            throw new IOException(name + " is no text in UTF-8", e);
        }
    }

    private static Synthesis.Result write(
            Synthesis synthesis, Dialect dialect, String output, long lines, String truth, Terminal terminal)
            throws IOException {
        if (truth == null) {
            return trace(synthesis, dialect, output, lines, row -> {}, terminal);
        }
        try (PartialText file = new PartialText(Path.of(truth));
                SequenceWriter rows = csv(file.writer())) {
            Synthesis.Result result = trace(synthesis, dialect, output, lines, row -> write(rows, row), terminal);
            rows.flush();
            file.publish();
            return result;
        }
    }

    private static Synthesis.Result trace(
            Synthesis synthesis,
            Dialect dialect,
            String output,
            long lines,
            Consumer<TruthRow> truth,
            Terminal terminal)
            throws IOException {
        if (output.equals(STANDARD)) {
            return synthesis.write(dialect, (text, length) -> terminal.out().write(text, 0, length), truth, lines);
        }
        try (PartialText file = new PartialText(Path.of(output))) {
            Synthesis.Result result =
                    synthesis.write(dialect, (text, length) -> write(file.stream(), text, length), truth, lines);
            file.publish();
            return result;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream stream, byte[] text, int length) {
        try {
            stream.write(text, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Writer writer, String text) {
        try {
            writer.append(text).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SequenceWriter csv(Writer writer) throws IOException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
        TruthRow.COLUMNS.forEach(schema::addColumn);
        return CsvMapper.builder()
                .build()
                .writerFor(List.class)
                .with(schema.build())
                .writeValues(writer);
    }

    private static void write(SequenceWriter rows, TruthRow row) {
        try {
            rows.write(row.cells());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void symbols(String path) throws IOException {
        if (path != null) {
            try (PartialText file = new PartialText(Path.of(path))) {
                GuestFunction.systemMap().forEach(symbol -> write(file.writer(), symbol));
                file.publish();
            }
        }
    }
}
