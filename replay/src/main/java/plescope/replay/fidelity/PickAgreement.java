package plescope.replay.fidelity;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link PickCheck} found in one log.
 *
 * @param byKind one tally per {@link PickKind}, in its order
 * @param unknown recorded picks left out: made while warming up, by or for real-time threads, beside threads of other weight, or of
 *     threads the check did not know to be runnable there
 */
public record PickAgreement(List<PickTally> byKind, long unknown) {
    public PickAgreement {
        byKind = List.copyOf(byKind);
    }

    public PickTally of(PickKind kind) {
        return byKind.get(kind.ordinal());
    }

    /** Both findings as one. */
    public PickAgreement plus(PickAgreement other) {
        List<PickTally> sums = new ArrayList<>();
        for (PickKind kind : PickKind.values()) {
            sums.add(of(kind).plus(other.of(kind)));
        }
        return new PickAgreement(sums, unknown + other.unknown);
    }

    /** Over all kinds. */
    public PickTally total() {
        PickTally sum = PickTally.NONE;
        for (PickTally tally : byKind) {
            sum = sum.plus(tally);
        }
        return sum;
    }
}
