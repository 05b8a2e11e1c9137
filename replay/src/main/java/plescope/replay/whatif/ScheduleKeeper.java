package plescope.replay.whatif;

import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.ScheduleSink;

/** Takes the whole schedule of the first trial of each experiment, for those who want more than its measures. */
public interface ScheduleKeeper {
    /** Keeps nothing. */
    ScheduleKeeper NONE = new ScheduleKeeper() {
        @Override
        public ScheduleSink open(int experiment, Experiment replayed) {
            return null;
        }

        @Override
        public void close(int experiment, SimulationSummary summary) {
            // Nothing was opened.
        }
    };

    /**
     * Called in the order of the experiments, before any of them runs.
     *
     * @param experiment 0 for the identity, then the what-ifs in order
     * @param replayed what the first trial replays
     * @return null to keep nothing
     */
    ScheduleSink open(int experiment, Experiment replayed);

    /** Called when the schedule is whole, in whatever thread simulated it. */
    void close(int experiment, SimulationSummary summary);
}
