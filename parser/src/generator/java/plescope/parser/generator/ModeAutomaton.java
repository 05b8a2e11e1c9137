package plescope.parser.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The deterministic automaton of one lexer mode: which state follows which byte, and what a state accepts.
 *
 * <p>State 0 is the start. The longest accepted prefix is the token.
 */
final class ModeAutomaton {
    static final int BYTES = 256;
    static final int DEAD = -1;

    private final int[][] next;
    private final Outcome[] accepts;

    /**
     * @param next per state and byte the state that follows, or {@link #DEAD}
     * @param accepts per state what is matched there, or null
     */
    ModeAutomaton(int[][] next, Outcome[] accepts) {
        this.next = next;
        this.accepts = accepts;
    }

    int size() {
        return next.length;
    }

    int next(int state, int b) {
        return next[state][b];
    }

    /** What a token that ends here is, null if none can. */
    Outcome accepts(int state) {
        return accepts[state];
    }

    /** The same language in the fewest states: states are told apart only by what they accept and where they lead (Moore). */
    ModeAutomaton minimal() {
        int[] group = new int[size()];
        int groups = 0;
        while (true) {
            Map<List<Object>, Integer> signatures = new HashMap<>();
            int[] finer = new int[size()];
            for (int state = 0; state < size(); state++) {
                finer[state] = signatures.computeIfAbsent(signature(state, group), s -> signatures.size());
            }
            group = finer;
            if (signatures.size() == groups) {
                return merged(group, groups);
            }
            groups = signatures.size();
        }
    }

    private List<Object> signature(int state, int[] group) {
        List<Object> signature = new ArrayList<>(BYTES + 1);
        signature.add(accepts[state] == null ? DEAD : accepts[state]);
        for (int target : next[state]) {
            signature.add(target == DEAD ? DEAD : group[target]);
        }
        return signature;
    }

    /** Groups are numbered by their first state, so 0 stays the start. */
    private ModeAutomaton merged(int[] group, int groups) {
        int[][] mergedNext = new int[groups][];
        Outcome[] mergedAccepts = new Outcome[groups];
        for (int state = 0; state < size(); state++) {
            if (mergedNext[group[state]] == null) {
                mergedNext[group[state]] = Arrays.stream(next[state])
                        .map(target -> target == DEAD ? DEAD : group[target])
                        .toArray();
                mergedAccepts[group[state]] = accepts[state];
            }
        }
        return new ModeAutomaton(mergedNext, mergedAccepts);
    }
}
