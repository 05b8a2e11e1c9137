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
    private static final int MAX_LINE = 120;

    private final JavaText out;
    private final OutcomeNames outcomes;
    private final String name;
    private final int mode;
    private final StateGraph graph;
    private final MethodPlan plan;
    private final List<String> examples;
    private int method;

    ModeWriter(JavaText out, OutcomeNames outcomes, String name, int mode, ModeAutomaton automaton) {
        this.out = out;
        this.outcomes = outcomes;
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
            literal(literal, state);
            enter(behind);
            return;
        }
        Map<Integer, ByteSet> branches = new LinkedHashMap<>(graph.branches(state));
        ByteSet self = branches.remove(state);
        if (self != null) {
            out.line("for (c = b[i]; " + self.test() + "; c = b[++i]) {}");
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

    private void literal(CharSequence literal, int state) {
        boolean fallsBack = graph.fallsBack(state);
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < literal.length(); i++) {
            String plain = "b[i" + (i == 0 ? "" : " + " + i) + "]";
            String read = fallsBack ? "(c = b[" + (i == 0 ? "i" : "++i") + "])" : plain;
            refusals.add(read + " != " + ByteSet.literal((byte) literal.charAt(i)));
        }
        wrapped("if (", refusals, " || ", ") {");
        out.line(otherwise(state));
        out.line("}");
        out.line(fallsBack ? "i++;" : "i += " + literal.length() + ";");
    }

    private void wrapped(String begin, List<String> parts, String with, String end) {
        StringBuilder line = new StringBuilder(begin);
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i) + (i + 1 < parts.size() ? with : end);
            if (line.length() + part.length() > MAX_LINE - 40) {
                out.line(line.toString().stripTrailing());
                line = new StringBuilder("        ");
            }
            line.append(part);
        }
        out.line(line.toString());
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
            out.line("if (" + branches.get(i).getValue().test() + ") {");
            out.line("i++;");
            enter(branches.get(i).getKey());
            out.line("}");
        }
        Map.Entry<Integer, ByteSet> last = branches.get(branches.size() - 1);
        out.line("if (" + last.getValue().refusal() + ") {");
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
