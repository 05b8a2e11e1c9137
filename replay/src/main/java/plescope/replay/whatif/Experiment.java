package plescope.replay.whatif;

import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * What one replay simulates. The identity experiment of a recording is its own work on its own machine under its own setting; every
 * what-if is that with {@link Change}s.
 */
public record Experiment(Workload work, HostModel host, Setting setting) {
    public Experiment with(Workload other) {
        return new Experiment(other, host, setting);
    }

    public Experiment with(HostModel other) {
        return new Experiment(work, other, setting);
    }

    public Experiment with(Setting other) {
        return new Experiment(work, host, other);
    }

    /** Equal seeds give equal schedules. */
    public SimulationSummary run(long seed, ScheduleSink out) {
        return HostSimulator.run(work, host, setting, seed, out);
    }
}
