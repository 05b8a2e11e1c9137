package plescope.analysis.validate;

import java.util.List;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.WhatIf;

/** Turns the words of a pair's knob into a what-if. */
@FunctionalInterface
public interface Knobs {
    /**
     * What was different when {@code to} was recorded.
     *
     * @param from what is replayed, already told what {@link #told} says of it; the knob is turned the way of {@code pair}
     * @throws IllegalArgumentException with the reason where the simulator cannot change that
     */
    WhatIf asked(Pair pair, Recording from, Recording to);

    /** What of the knob the log of {@code from} does not show, but is true of it: changes nothing by default. */
    default WhatIf told(Pair pair, Recording from, Recording to) {
        return new WhatIf("", List.of());
    }
}
