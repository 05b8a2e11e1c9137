package plescope.parser.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import plescope.parser.grammar.TraceLexer;

/** What the cache of prefixes takes for granted about the grammar. */
final class PrefixAutomatonTest {
    private final ModeAutomaton beginnings =
            SubsetConstruction.of(TraceLexer._ATN).get(TraceLexer.DEFAULT_MODE);

    @Test
    void aByteBehindAPrefixShowsThatNothingMakesItLonger() {
        int prefixes = 0;
        for (int state = 0; state < beginnings.size(); state++) {
            if (isPrefix(state)) {
                prefixes++;
                assertThat(following(state)).hasSize(1).doesNotContain("a prefix or nothing");
            }
        }
        assertThat(prefixes).isPositive();
    }

    /** What any byte more makes of the line: a stack frame takes all of it, so that it is none that begins with a prefix. */
    private Set<String> following(int state) {
        Set<String> following = new TreeSet<>();
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int next = beginnings.next(state, b);
            if (b != '\n' && next == ModeAutomaton.DEAD) {
                following.add("the end of the prefix");
            } else if (b != '\n') {
                boolean other = beginnings.accepts(next) != null && !isPrefix(next);
                following.add(other ? "another token" : "a prefix or nothing");
            }
        }
        return following;
    }

    /** From wherever a point and digits lead to the colon of a prefix, each digit leads on alike. */
    @Test
    void theDecimalsOfAClockAreAllAlike() {
        BitSet decimals = behindPoints();
        assertThat(decimals.cardinality()).isPositive();
        decimals.stream().forEach(state -> assertThat("0123456789"
                        .chars()
                        .map(digit -> beginnings.next(state, digit))
                        .distinct())
                .hasSize(1));
    }

    /** States between a point and the last digit before a colon that ends a prefix. */
    private BitSet behindPoints() {
        BitSet before = new BitSet();
        boolean grown = true;
        while (grown) {
            int size = before.cardinality();
            for (int state = 0; state < beginnings.size(); state++) {
                before.set(state, before.get(state) || leadsOn(state, before));
            }
            grown = before.cardinality() > size;
        }
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (int state = 0; state < beginnings.size(); state++) {
            open.add(beginnings.next(state, '.'));
        }
        while (!open.isEmpty()) {
            int state = open.poll();
            if (state != ModeAutomaton.DEAD && before.get(state) && !reached.get(state)) {
                reached.set(state);
                "0123456789".chars().forEach(digit -> open.add(beginnings.next(state, digit)));
            }
        }
        return reached;
    }

    private boolean leadsOn(int state, BitSet before) {
        int behindColon = beginnings.next(state, ':');
        return (behindColon != ModeAutomaton.DEAD && isPrefix(behindColon))
                || "0123456789"
                        .chars()
                        .map(digit -> beginnings.next(state, digit))
                        .anyMatch(next -> next >= 0 && before.get(next));
    }

    private boolean isPrefix(int state) {
        Outcome outcome = beginnings.accepts(state);
        return outcome != null
                && outcome.mode() == TraceLexer.EVENT
                && (outcome.type() == TraceLexer.PERF_PREFIX || outcome.type() == TraceLexer.FTRACE_PREFIX);
    }
}
