package plescope.analysis.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.parser.event.ExitReason.Isa;

/**
 * Numbers exit reasons by first use. Kernels have some hundred; a text that imitates more than {@link #MOST} has the others counted
 * together, by what they mean to plescope, so that columns stay narrow and tables small.
 */
final class ExitReasonNumbers {
    /** Leaves room in a SMALLINT for a number per family [I]. */
    static final int MOST = 32_000;

    private static final String OTHERS = "(other reasons)";
    private static final int NO_CODE = -1;

    private final Map<ExitReason, Integer> numbers = new HashMap<>();
    private final List<ExitReason> reasons = new ArrayList<>();

    /** Null where the reason has no number of its own yet, or never will. */
    Integer known(ExitReason reason) {
        return numbers.get(reason);
    }

    /** The reason's number, its family's others' once there are too many. */
    int of(ExitReason reason) {
        Integer known = numbers.get(reason);
        if (known != null) {
            return known;
        }
        return reasons.size() < MOST || reason.name().equals(OTHERS) ? add(reason) : of(others(reason));
    }

    private int add(ExitReason reason) {
        int number = reasons.size();
        numbers.put(reason, number);
        reasons.add(reason);
        return number;
    }

    private static ExitReason others(ExitReason reason) {
        return new ExitReason(Isa.UNKNOWN, NO_CODE, OTHERS, reason.family());
    }

    /** By number. */
    List<ExitReason> all() {
        return Collections.unmodifiableList(reasons);
    }

    /** Whether reasons were counted together. */
    boolean hasOthers() {
        return reasons.size() > MOST;
    }
}
