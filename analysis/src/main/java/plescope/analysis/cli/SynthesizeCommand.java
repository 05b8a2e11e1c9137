package plescope.analysis.cli;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
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
        return "SCENARIO [-o FILE|-] [--producer NAME] [--kernel VERSION] [--truth FILE] [--symbols FILE]";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "plescope synthesize samples/scenarios/convoy.scenario",
                "plescope synthesize samples/scenarios/dedup.scenario --set vms=4 --truth truth.csv",
                "plescope synthesize my.scenario --producer ftrace --kernel 5.6 --span 100ms -o - | plescope analyze -");
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
        Synthesis.Result result =
                write(synthesis, dialect, output, line.getOptionValue(SynthesizeOptions.TRUTH), terminal);
        symbols(line.getOptionValue(SynthesizeOptions.SYMBOLS));
        PrintStream said = output.equals(STANDARD) ? terminal.err() : terminal.out();
        said.println("ran '" + scenario.title() + "' for " + result.host().elapsedNs() / 1_000_000 + " ms under "
                + setting + ", seed " + synthesis.seed());
        for (GuestOutcome vm : result.guests()) {
            said.println(vm.vm() + ": " + vm.operations() + " operations, " + vm.usefulNs() / 1_000_000
                    + " ms of guest work");
        }
        return ExitCode.DONE;
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
            Synthesis synthesis, Dialect dialect, String output, String truth, Terminal terminal) throws IOException {
        if (truth == null) {
            return trace(synthesis, dialect, output, row -> {}, terminal);
        }
        try (PartialText file = new PartialText(Path.of(truth));
                SequenceWriter rows = csv(file.writer())) {
            Synthesis.Result result = trace(synthesis, dialect, output, row -> write(rows, row), terminal);
            rows.flush();
            file.publish();
            return result;
        }
    }

    private static Synthesis.Result trace(
            Synthesis synthesis, Dialect dialect, String output, Consumer<TruthRow> truth, Terminal terminal)
            throws IOException {
        // Half of the memory: the garbage of a run needs room, too.
        long mostRows = Runtime.getRuntime().maxMemory() / 2 / Synthesis.BYTES_PER_ROW;
        if (output.equals(STANDARD)) {
            return synthesis.write(dialect, text -> terminal.out().print(text + "\n"), truth, mostRows);
        }
        try (PartialText file = new PartialText(Path.of(output))) {
            Synthesis.Result result = synthesis.write(dialect, text -> write(file.writer(), text), truth, mostRows);
            file.publish();
            return result;
        } catch (UncheckedIOException e) {
            throw e.getCause();
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
