package plescope.replay.scenario;

import java.util.List;
import java.util.function.Consumer;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.guest.GuestOutcome;
import plescope.replay.guest.LiveGuests;
import plescope.replay.model.Roster;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.text.Dialect;
import plescope.replay.scenario.text.GuestActivity;
import plescope.replay.scenario.text.Producer;
import plescope.replay.scenario.text.TeeObserver;
import plescope.replay.scenario.text.TextSink;
import plescope.replay.scenario.text.TraceCounts;
import plescope.replay.scenario.text.TraceWriter;
import plescope.replay.scenario.text.TraceWriter.Extent;
import plescope.replay.scenario.text.TruthLog;
import plescope.replay.scenario.text.TruthRow;
import plescope.replay.scenario.text.WatchedGuests;

/**
 * A scenario run once, as the trace its host would have left and the truth that no trace shows. Equal arguments give equal text, to
 * the byte.
 */
public record Synthesis(Scenario scenario, Setting setting, long spanNs, long seed) {
    /** What the clock of the simulated host shows at the start: up for a quarter of an hour. */
    public static final long START_NS = 900_000_000_000L;

    /** As long as a run may take that ends with its log: a hundred years. */
    public static final long ENDLESS_NS = 100L * 365 * 24 * 3_600 * 1_000_000_000;

    /**
     * What came of it.
     *
     * @param guests what each VM got done
     * @param log what was written
     * @param waits spins with a PLE exit, whose truth is known
     */
    public record Result(SimulationSummary host, List<GuestOutcome> guests, TraceCounts log, long waits) {}

    /** Runs it for its trace and truth alone. */
    public Result write(Dialect dialect, TextSink trace, Consumer<TruthRow> truth, long mostLines) {
        return write(dialect, trace, truth, mostLines, new SelectiveSink() {});
    }

    /**
     * Runs it, and writes while it runs: memory does not grow with the trace. ftrace tells the number of events above the first; for
     * its words the scenario runs twice.
     *
     * @param mostLines the run ends when the log has that many
     * @param schedule hears the simulated schedule as it is, from time 0
     * @throws plescope.replay.guest.GuestDeadlock where the tasks come to wait for each other
     */
    public Result write(
            Dialect dialect, TextSink trace, Consumer<TruthRow> truth, long mostLines, ScheduleSink schedule) {
        Extent extent = new Extent(mostLines, 0);
        if (dialect.producer() == Producer.FTRACE) {
            Result counted = run(dialect, (text, length) -> {}, row -> {}, extent, new SelectiveSink() {});
            extent = new Extent(mostLines, counted.log().allEvents());
        }
        return run(dialect, trace, truth, extent, schedule);
    }

    private Result run(
            Dialect dialect, TextSink trace, Consumer<TruthRow> truth, Extent extent, ScheduleSink schedule) {
        Roster roster = scenario.roster();
        GuestActivity activity = new GuestActivity(roster, scenario.vms());
        TruthLog log = new TruthLog(roster, scenario.vms(), START_NS, truth);
        LiveGuests guests = new LiveGuests(roster, scenario.vms(), seed, new TeeObserver(activity, log));
        TraceWriter writer = new TraceWriter(roster, scenario.host().ple(), dialect, START_NS, activity, extent, trace);
        SimulationSummary summary = HostSimulator.run(
                new WatchedGuests(guests, activity, writer::full),
                scenario.host(),
                setting,
                spanNs,
                seed,
                ScheduleSink.both(schedule, ScheduleSink.both(writer, log)));
        List<GuestOutcome> outcomes = guests.outcomes();
        log.finish(summary, outcomes);
        writer.finish(summary.elapsedNs());
        return new Result(summary, outcomes, writer.counts(), log.waits());
    }
}
