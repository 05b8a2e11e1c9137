package plescope.replay.spin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.parser.event.PleWindowUpdate;

/**
 * The PLE window every vCPU runs under: read from {@code kvm_ple_window_update} where the log has it, else
 * replayed (doubles at a PAUSE exit, back to the base at sched-in), else, without sched_switch, taken as constant.
 */
final class PleWindows {
    private static final int VMX_BASE = 4_096;
    private static final int SVM_BASE = 3_000;
    private static final int SVM_MAX = 65_535;
    private static final int GROW = 2;
    /** Windows shrink to the base, or by steps that are few; a log with more contradicts itself. */
    private static final int MOST_COUNTED = 4_096;

    /** What holds for the whole log; learned ahead of the vCPUs' windows. */
    static final class Rules {
        private final Map<Integer, Integer> shrunkTo = new HashMap<>();
        private int base;
        private int mostSeen;
        private int max = Integer.MAX_VALUE;
        boolean events;
        boolean schedSwitches;

        void isa(ExitReason.Isa isa) {
            if (base == 0) {
                base = isa == ExitReason.Isa.SVM ? SVM_BASE : VMX_BASE;
            }
            if (isa == ExitReason.Isa.SVM) {
                max = SVM_MAX;
            }
        }

        /** The base is what windows shrink to most often. */
        void updated(PleWindowUpdate update) {
            if (!events) {
                events = true;
                base = Math.min(update.oldWindow(), update.newWindow());
            }
            boolean counts = shrunkTo.size() < MOST_COUNTED || shrunkTo.containsKey(update.newWindow());
            if (update.newWindow() < update.oldWindow() && counts) {
                int seen = shrunkTo.merge(update.newWindow(), 1, Integer::sum);
                if (seen > mostSeen) {
                    mostSeen = seen;
                    base = update.newWindow();
                }
            }
        }

        int base() {
            return base;
        }
    }

    private final Rules rules;
    private final List<int[]> windows = new ArrayList<>();

    PleWindows(Rules rules) {
        this.rules = rules;
    }

    /** The window in force for this vCPU, 0 before anything is known. */
    int window(int vcpu) {
        int window = slot(vcpu)[0];
        return window > 0 ? window : rules.base();
    }

    void updated(int vcpu, PleWindowUpdate update) {
        slot(vcpu)[0] = update.newWindow();
    }

    void pauseExit(int vcpu) {
        if (!rules.events && rules.schedSwitches) {
            slot(vcpu)[0] = (int) Math.min(rules.max, (long) window(vcpu) * GROW);
        }
    }

    void switchedIn(int vcpu) {
        if (!rules.events) {
            slot(vcpu)[0] = rules.base();
        }
    }

    private int[] slot(int vcpu) {
        while (windows.size() <= vcpu) {
            windows.add(new int[1]);
        }
        return windows.get(vcpu);
    }
}
