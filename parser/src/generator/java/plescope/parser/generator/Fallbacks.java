package plescope.parser.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States whose reaction to a byte many others share but for a few bytes: what a search such as {@code .*? " pid="} does with any
 * byte that does not go on, what a word does with a letter that begins no known word.
 *
 * <p>Found greedily: the state that saves most comparisons first.
 */
final class Fallbacks {
    static final int NONE = -1;

    private static final int MAX_FALLBACKS = 6;

    /** A fallback is worth its code if it replaces this many comparisons. */
    private static final int MIN_SAVED = 12;

    /** More bytes than this are not a few. */
    private static final int MAX_DIFFERENCES = 8;

    private final ModeAutomaton automaton;
    private final boolean[] label;
    private final int[] comparisons;
    private final int[] of;
    private final List<Integer> chosen = new ArrayList<>();

    /**
     * @param label states that can be jumped to: a fallback leads nowhere else
     * @param comparisons how many each state makes by itself
     */
    Fallbacks(ModeAutomaton automaton, boolean[] label, int[] comparisons) {
        this.automaton = automaton;
        this.label = label;
        this.comparisons = comparisons;
        of = new int[automaton.size()];
        Arrays.fill(of, NONE);
        while (chosen.size() < MAX_FALLBACKS && choose()) {
            // each round serves states that had none
        }
    }

    private boolean choose() {
        int best = NONE;
        int most = MIN_SAVED - 1;
        for (int candidate = 0; candidate < automaton.size(); candidate++) {
            if (onlyJumps(candidate)) {
                int saved = 0;
                for (int state = 0; state < automaton.size(); state++) {
                    saved += saved(state, candidate);
                }
                if (saved > most) {
                    most = saved;
                    best = candidate;
                }
            }
        }
        if (best != NONE) {
            for (int state = 0; state < automaton.size(); state++) {
                if (saved(state, best) > 0) {
                    of[state] = chosen.size();
                }
            }
            chosen.add(best);
        }
        return best != NONE;
    }

    private boolean onlyJumps(int state) {
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int target = automaton.next(state, b);
            if (target != ModeAutomaton.DEAD && !label[target]) {
                return false;
            }
        }
        return true;
    }

    /** Comparisons a state would be spared; a loop to itself is better left as one, and a dead end is no jump. */
    private int saved(int state, int candidate) {
        if (of[state] != NONE) {
            return 0;
        }
        int different = 0;
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int target = automaton.next(state, b);
            if (target == state) {
                return 0;
            }
            if (target != automaton.next(candidate, b)) {
                if (target == ModeAutomaton.DEAD || ++different > MAX_DIFFERENCES) {
                    return 0;
                }
            }
        }
        return Math.max(0, comparisons[state] - different - 1);
    }

    /** Which fallback a state has, {@link #NONE} if it decides every byte itself. */
    int of(int state) {
        return of[state];
    }

    /** The state whose reaction a fallback is. */
    int state(int fallback) {
        return chosen.get(fallback);
    }

    int count() {
        return chosen.size();
    }
}
