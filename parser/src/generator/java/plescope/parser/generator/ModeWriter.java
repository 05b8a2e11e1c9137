package plescope.parser.generator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes one mode as Java that <em>is</em> the automaton: a byte compared where it is read, a loop where a state leads to
 * itself, a jump where several states lead to one.
 */
final class ModeWriter {
    private static final long EVERY_BYTE = 0x0101010101010101L;

    private final JavaText out;
    private final OutcomeNames outcomes;
    private final SetNames sets;
    private final String name;
    private final int mode;
    private final StateGraph graph;
    private final MethodPlan plan;
    private final List<String> examples;
    private int method;

    ModeWriter(JavaText out, OutcomeNames outcomes, SetNames sets, String name, int mode, ModeAutomaton automaton) {
        this.out = out;
        this.outcomes = outcomes;
        this.sets = sets;
        this.name = JavaText.camel(name);
        this.mode = mode;
        graph = new StateGraph(automaton);
        plan = new MethodPlan(graph, automaton.size());
        examples = ExampleText.of(automaton);
    }

    /** False if the mode winds too much for methods that the JIT compiles. */
    boolean fits() {
        return plan.fits();
    }

    void write() {
        for (method = 0; method < plan.methods(); method++) {
            writeMethod(plan.labelsOf(method));
        }
    }

    private void writeMethod(List<Integer> labels) {
        Set<Integer> falls = new TreeSet<>(Comparator.reverseOrder());
        labels.forEach(label -> falls.addAll(graph.fallbacksAt(label)));
        out.line("");
        out.line("private static long " + name(method) + "(byte[] b, int from, int label, long longest) {");
        out.line("int i = from;");
        out.line("int state = label;");
        out.line("long accepted = longest;");
        out.line("long word;");
        out.line("byte c;");
        out.line("while (true) {");
        falls.forEach(fallback -> out.line("unexpected" + fallback + ": {"));
        out.line("switch (state) {");
        for (int label : labels) {
            out.line("case " + label + ": // " + examples.get(label));
            out.indent();
            state(label);
            out.outdent();
        }
        out.line("default:");
        out.line("    throw new IllegalStateException();");
        out.line("}");
        falls.stream().sorted().forEach(fallback -> {
            out.line("}");
            branches(graph.fallback(fallback), "return accepted;");
        });
        out.line("}");
        out.line("}");
    }

    /** How the first method is called. */
    String call() {
        return name(0) + "(bytes, at, 0, NOTHING)";
    }

    private String name(int number) {
        return number == 0 ? name : name + number;
    }

    private void state(int state) {
        StringBuilder literal = new StringBuilder();
        int behind = literal(state, literal);
        if (literal.length() > 1) {
            literal(literal.toString(), state);
            enter(behind);
            return;
        }
        int length = anyBytes(state);
        if (length > 1) {
            skipAnyBytes(length);
            enter(behindAnyBytes(state, length));
            return;
        }
        Map<Integer, ByteSet> branches = new LinkedHashMap<>(graph.branches(state));
        ByteSet self = branches.remove(state);
        if (self != null) {
            loop(self);
        }
        Outcome accepts = graph.accepts(state);
        if (accepts != null && branches.isEmpty() && !graph.fallsBack(state)) {
            out.line("return " + outcomes.name(accepts, mode) + " | i;");
            return;
        }
        if (accepts != null) {
            out.line("accepted = " + outcomes.name(accepts, mode) + " | i;");
        }
        if (self == null) {
            out.line("c = b[i];");
        }
        branches(branches, otherwise(state));
    }

    private void loop(ByteSet bytes) {
        if (bytes.size() == 1) {
            out.line("i = EightBytes.behindRun(b, i, " + hex(EVERY_BYTE * (bytes.single() & 0xff)) + ");");
            out.line("c = b[i];");
        } else {
            out.line("for (c = b[i]; " + sets.test(bytes) + "; c = b[++i]) {}");
        }
    }

    /** Collects the bytes that must follow one by one; returns the state behind them. */
    private int literal(int from, StringBuilder literal) {
        int state = from;
        while (graph.branches(state).size() == 1
                && graph.accepts(state) == null
                && graph.fallbackOf(state) == graph.fallbackOf(from)) {
            Map.Entry<Integer, ByteSet> only =
                    graph.branches(state).entrySet().iterator().next();
            if (only.getKey() == state || only.getValue().size() > 1) {
                break;
            }
            literal.append((char) only.getValue().single());
            state = only.getKey();
            if (graph.isLabel(state)) {
                break;
            }
        }
        return state;
    }

    /** What becomes of a byte without a branch. */
    private String otherwise(int state) {
        return graph.fallsBack(state) ? "break unexpected" + graph.fallbackOf(state) + ";" : "return accepted;";
    }

    /** Compares eight bytes at a time; behind the newline there are as many. */
    private void literal(String literal, int state) {
        for (int from = 0; from < literal.length(); from += Long.BYTES) {
            String part = literal.substring(from, Math.min(from + Long.BYTES, literal.length()));
            String mask =
                    part.length() == Long.BYTES ? "" : " & " + hex(-1L >>> (Long.SIZE - Byte.SIZE * part.length()));
            String differs = "EightBytes.at(b, i) ^ " + hex(word(part));
            out.line("word = " + (mask.isEmpty() ? differs : "(" + differs + ")" + mask) + "; // " + quoted(part));
            out.line("if (word != 0) {");
            if (graph.fallsBack(state)) {
                out.line("i += EightBytes.first(word);");
                out.line("c = b[i];");
            }
            out.line(otherwise(state));
            out.line("}");
            out.line("i += " + part.length() + ";");
        }
    }

    /** How many bytes must follow that may be anything but the newline, as in a comm of fixed width. */
    private int anyBytes(int from) {
        int length = 0;
        int state = from;
        while (takesAnyByte(state) && (length == 0 || !graph.isLabel(state))) {
            state = behindAnyBytes(state, 1);
            length++;
        }
        return length;
    }

    private boolean takesAnyByte(int state) {
        if (graph.branches(state).size() != 1 || graph.accepts(state) != null || graph.fallsBack(state)) {
            return false;
        }
        Map.Entry<Integer, ByteSet> only =
                graph.branches(state).entrySet().iterator().next();
        return only.getKey() != state && only.getValue().size() == ModeAutomaton.BYTES - 1;
    }

    private int behindAnyBytes(int from, int length) {
        int state = from;
        for (int i = 0; i < length; i++) {
            state = graph.branches(state).keySet().iterator().next();
        }
        return state;
    }

    private void skipAnyBytes(int length) {
        for (int from = 0; from < length; from += Long.BYTES) {
            int part = Math.min(Long.BYTES, length - from);
            String mask = part == Long.BYTES ? "" : " & " + hex(-1L >>> (Long.SIZE - Byte.SIZE * part));
            out.line("word = EightBytes.find(EightBytes.at(b, i), '\\n')" + mask + ";");
            out.line("if (word != 0) {");
            out.line("return accepted;");
            out.line("}");
            out.line("i += " + part + ";");
        }
    }

    private static long word(String part) {
        long word = 0;
        for (int i = part.length() - 1; i >= 0; i--) {
            word = word << Byte.SIZE | (part.charAt(i) & 0xff);
        }
        return word;
    }

    private static String hex(long word) {
        return "0x" + Long.toHexString(word) + "L";
    }

    private static String quoted(String part) {
        return '"' + part.replace("\\", "\\\\") + '"';
    }

    /** The branch with the most code comes last and needs no braces; the others end in a jump or a return. */
    private void branches(Map<Integer, ByteSet> targets, String otherwise) {
        List<Map.Entry<Integer, ByteSet>> branches = new ArrayList<>(targets.entrySet());
        if (branches.isEmpty()) {
            out.line(otherwise);
            return;
        }
        branches.sort(Comparator.comparingInt(
                branch -> graph.isLabel(branch.getKey()) ? 0 : 1 + graph.bodyCost(branch.getKey())));
        for (int i = 0; i < branches.size() - 1; i++) {
            out.line("if (" + sets.test(branches.get(i).getValue()) + ") {");
            out.line("i++;");
            enter(branches.get(i).getKey());
            out.line("}");
        }
        Map.Entry<Integer, ByteSet> last = branches.get(branches.size() - 1);
        out.line("if (" + sets.refusal(last.getValue()) + ") {");
        out.line(otherwise);
        out.line("}");
        out.line("i++;");
        enter(last.getKey());
    }

    private void enter(int state) {
        if (!graph.isLabel(state)) {
            state(state);
        } else if (plan.methodOf(state) == method) {
            out.line("state = " + state + ";");
            out.line("continue;");
        } else {
            out.line("return " + name(plan.methodOf(state)) + "(b, i, " + state + ", accepted);");
        }
    }
}
