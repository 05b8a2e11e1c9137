package plescope.parser.generator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** A shortest text that leads to each state: what a reader of generated code sees instead of a state's number. */
final class ExampleText {
    /** The bytes that say most at a glance, tried first. */
    private static final String PLAIN = "0a Z.";

    private ExampleText() {}

    static List<String> of(ModeAutomaton automaton) {
        String[] texts = new String[automaton.size()];
        texts[0] = "";
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        int[] order = IntStream.concat(PLAIN.chars(), IntStream.range(' ', ModeAutomaton.BYTES))
                .toArray();
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int b : order) {
                int target = automaton.next(state, b);
                if (target != ModeAutomaton.DEAD && texts[target] == null) {
                    texts[target] = texts[state] + (b < 127 ? (char) b : '?');
                    queue.add(target);
                }
            }
            int behindTab = automaton.next(state, '\t');
            if (behindTab != ModeAutomaton.DEAD && texts[behindTab] == null) {
                texts[behindTab] = texts[state] + "<TAB>";
                queue.add(behindTab);
            }
        }
        // a backslash before u would be read by the compiler, even in a comment
        return Arrays.stream(texts)
                .map(text -> "\"" + String.valueOf(text).replace("\\", "\\\\") + "\"")
                .toList();
    }
}
