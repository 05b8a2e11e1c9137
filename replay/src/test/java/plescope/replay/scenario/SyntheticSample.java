package plescope.replay.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.KernelEra;
import plescope.replay.scenario.text.Producer;
import plescope.replay.scenario.text.TextSink;
import plescope.replay.scenario.text.TraceWriter;
import plescope.replay.scenario.text.TruthWriter;
import plescope.replay.testing.RecordingScheduleSink;

/**
 * The scenario of {@code samples/synthetic-convoy}, run.
 *
 * @param text the log
 * @param truth what the log cannot show, as CSV
 * @param schedule the same as rows
 */
record SyntheticSample(
        Roster roster,
        List<String> text,
        List<String> truth,
        RecordingScheduleSink schedule,
        SimulationSummary summary) {
    static final long SEED = 20_261_120;
    static final long SPAN_NS = 340_000_000;

    private static final Dialect DIALECT = new Dialect(Producer.PERF, KernelEra.V6_12, Isa.SVM, false);

    /** The clock of a host that has been up for an hour and a bit. */
    static final long START_NS = 4_112_700_000_000L;

    static SyntheticSample run() {
        ConvoyScenario scenario = new ConvoyScenario(SEED, SPAN_NS);
        Roster roster = scenario.workload().roster();
        List<String> text = new ArrayList<>();
        TraceWriter log =
                new TraceWriter(roster, ConvoyScenario.host().ple(), DIALECT, START_NS, TextSink.lines(text::add));
        List<String> truth = new ArrayList<>();
        RecordingScheduleSink rows = new RecordingScheduleSink();
        TruthWriter csv = new TruthWriter(roster, START_NS, truth::add);
        SimulationSummary summary = scenario.run(ScheduleSink.both(log, ScheduleSink.both(csv, rows)));
        log.finish(summary.elapsedNs());
        return new SyntheticSample(roster, text, truth, rows, summary);
    }

    static Path folder() {
        return Path.of(System.getProperty("plescope.root", ".")).resolve("samples/synthetic-convoy");
    }

    /** Lines as a file has them. */
    static String file(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
