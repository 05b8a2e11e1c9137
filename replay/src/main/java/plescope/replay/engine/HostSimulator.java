package plescope.replay.engine;

import plescope.replay.model.HostModel;
import plescope.replay.model.ScheduleSink;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * Replays a workload on a simulated host under one setting. Equal arguments give equal output, to the byte; runs share nothing
 * and may go on side by side.
 *
 * <p>The run ends when the workload's span has passed, or earlier when the first vCPU runs out of steps whose total work is at
 * least 5 % of its VM's largest: so that rates are measured under full contention.
 */
public final class HostSimulator {
    private HostSimulator() {}

    /**
     * Runs the simulation and writes its schedule to {@code out}.
     *
     * @param seed staggers the pCPUs' tick phases
     */
    public static SimulationSummary run(Workload work, HostModel host, Setting setting, long seed, ScheduleSink out) {
        return new Simulation(new Machine(work, host, setting, out), seed).run();
    }
}
