package plescope.analysis.sweep;

import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Measures;

/** Replays an experiment and says what it came to. Equal arguments give equal measures. */
@FunctionalInterface
public interface MeasuredReplay {
    Measured of(Experiment experiment, long seed);

    /** What a replay came to, and the simulated time it took. */
    record Measured(Measures measures, long elapsedNs) {}
}
