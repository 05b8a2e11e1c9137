package plescope.replay.engine;

import plescope.replay.guest.GuestSoftware;
import plescope.replay.guest.RecordedGuests;
import plescope.replay.model.HostModel;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Policy;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Runs guests on a simulated host under one setting. Equal arguments give equal output, to the byte; runs share nothing and may
 * go on side by side.
 */
public final class HostSimulator {
    private HostSimulator() {}

    /**
     * Replays recorded work, for as long as the recording took at most, see {@link RecordedGuests}.
     *
     * @param seed staggers the pCPUs' tick phases
     */
    public static SimulationSummary run(Workload work, HostModel host, Setting setting, long seed, ScheduleSink out) {
        RecordedGuests guests = new RecordedGuests(work, host.costs());
        return run(guests, host, setting, work.spanNs(), seed, out)
                .completed(guests.endedBy(), guests.cuts(), guests::finished);
    }

    /**
     * Runs any software until it is done or the span has passed, and writes the schedule to {@code out}.
     *
     * @param software fresh: it serves this run only
     * @param spanNs simulated time after which the run ends
     * @param seed staggers the pCPUs' tick phases
     */
    public static SimulationSummary run(
            GuestSoftware software, HostModel host, Setting setting, long spanNs, long seed, ScheduleSink out) {
        return run(software, host, setting, setting.createPolicy(), spanNs, seed, out);
    }

    /** The same with other policies than the setting's. */
    static SimulationSummary run(
            GuestSoftware software,
            HostModel host,
            Setting setting,
            Policy policy,
            long spanNs,
            long seed,
            ScheduleSink out) {
        return new Simulation(new Machine(software, host, setting, policy, out), spanNs, seed).run();
    }
}
