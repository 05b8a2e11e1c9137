package plescope.analysis.validate;

import plescope.replay.whatif.Change;
import plescope.replay.whatif.PairKnob;
import plescope.replay.whatif.Recording;
import plescope.replay.whatif.WhatIf;

/** Reads a pair's own words of its knob; where it has none, what the logs show to differ. */
public final class WrittenKnobs implements Knobs {
    @Override
    public WhatIf asked(Pair pair, Recording from, Recording to) {
        return pair.knob().isEmpty()
                ? new WhatIf(Change.between(from, to))
                : knob(pair).question(from, to);
    }

    @Override
    public WhatIf told(Pair pair, Recording from, Recording to) {
        return pair.knob().isEmpty()
                ? Knobs.super.told(pair, from, to)
                : knob(pair).identity(from, to);
    }

    private static PairKnob knob(Pair pair) {
        return PairKnob.parse(pair.knob(), pair.change());
    }
}
