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
import plescope.replay.scenario.text.TeeObserver;
import plescope.replay.scenario.text.TraceWriter;
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

    /** Memory an exit takes until it is printed, with its interval, its entry and what interrupts it. */
    public static final long BYTES_PER_ROW = 2_000;

    /**
     * What came of it.
     *
     * @param guests what each VM got done
     */
    public record Result(SimulationSummary host, List<GuestOutcome> guests) {}

    /** Runs it for its trace and truth alone. */
    public Result write(Dialect dialect, Consumer<String> trace, Consumer<TruthRow> truth, long mostRows) {
        return write(dialect, trace, truth, mostRows, new SelectiveSink() {});
    }

    /**
     * Runs it.
     *
     * @param schedule hears the simulated schedule as it is, from time 0
     * @param mostRows exits, IPIs and switches there is room for, about {@link #BYTES_PER_ROW} each
     * @throws plescope.replay.guest.GuestDeadlock where the tasks come to wait for each other
     * @throws plescope.replay.scenario.text.TraceTooLongException where there is no room
     */
    public Result write(
            Dialect dialect, Consumer<String> trace, Consumer<TruthRow> truth, long mostRows, ScheduleSink schedule) {
        Roster roster = scenario.roster();
        GuestActivity activity = new GuestActivity(roster, scenario.vms());
        TruthLog log = new TruthLog(roster, scenario.vms(), START_NS, truth);
        LiveGuests guests = new LiveGuests(roster, scenario.vms(), seed, new TeeObserver(activity, log));
        TraceWriter writer = new TraceWriter(roster, scenario.host().ple(), dialect, START_NS, activity, mostRows);
        SimulationSummary summary = HostSimulator.run(
                new WatchedGuests(guests, activity),
                scenario.host(),
                setting,
                spanNs,
                seed,
                ScheduleSink.both(schedule, ScheduleSink.both(writer, log)));
        List<GuestOutcome> outcomes = guests.outcomes();
        log.finish(summary, outcomes);
        writer.print(trace);
        return new Result(summary, outcomes);
    }
}
