package plescope.replay.calibration;

import plescope.replay.model.DirectedYield;
import plescope.replay.model.SelectiveSink;

/** Counts who ran after PLE exits: how often a sibling of the spinner. */
public final class YieldTally extends SelectiveSink {
    private long siblings;
    private long judged;

    @Override
    public void directedYield(DirectedYield yielded) {
        if (yielded.outcome() != DirectedYield.Outcome.UNKNOWN) {
            judged++;
        }
        if (yielded.outcome() == DirectedYield.Outcome.SIBLING) {
            siblings++;
        }
    }

    /** PLE exits whose successor is known. */
    public long judged() {
        return judged;
    }

    /** Of those, after which a sibling ran, in thousandths. */
    public long siblingPermille() {
        return judged == 0 ? 0 : siblings * 1000 / judged;
    }
}
