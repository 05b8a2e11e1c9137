package plescope.parser.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a mode that is too tangled for code as the rows of a {@code TransitionTable}: bytes that no state tells apart are one
 * column, and a row names only the columns that differ from its commonest target.
 */
final class TableWriter {
    /** A constant of a class file holds 65,535 bytes. */
    private static final int MAX_TEXT = 60_000;

    private final JavaText out;
    private final OutcomeNames outcomes;
    private final String name;
    private final int mode;
    private final ModeAutomaton automaton;
    private final int[] column = new int[ModeAutomaton.BYTES];
    private final List<Integer> representatives = new ArrayList<>();

    TableWriter(JavaText out, OutcomeNames outcomes, String name, int mode, ModeAutomaton automaton) {
        this.out = out;
        this.outcomes = outcomes;
        this.name = name;
        this.mode = mode;
        this.automaton = automaton;
        Map<List<Integer>, Integer> known = new LinkedHashMap<>();
        for (int b = 0; b < column.length; b++) {
            List<Integer> targets = new ArrayList<>();
            for (int state = 0; state < automaton.size(); state++) {
                targets.add(automaton.next(state, b));
            }
            Integer old = known.putIfAbsent(targets, known.size());
            column[b] = old == null ? known.size() - 1 : old;
            if (old == null) {
                representatives.add(b);
            }
        }
    }

    /** How the table is asked. */
    String call() {
        return JavaText.camel(name) + "Table.TABLE.scan(bytes, at)";
    }

    void write() {
        String holder = JavaText.camel(name) + "Table";
        out.line("");
        out.line(
                "/** " + name + ": " + automaton.size() + " states, " + representatives.size() + " kinds of bytes. */");
        out.line("private static final class " + holder + " {");
        out.line("static final TransitionTable TABLE = new TransitionTable(");
        out.indent();
        out.line("new long[] {");
        Map<Outcome, Integer> accepted = accepted();
        accepted.keySet().forEach(outcome -> out.line(outcomes.name(outcome, mode) + ","));
        out.line("},");
        out.line("\"" + columns() + "\",");
        rows(accepted);
        out.outdent();
        out.line("}");
    }

    private Map<Outcome, Integer> accepted() {
        Map<Outcome, Integer> accepted = new LinkedHashMap<>();
        for (int state = 0; state < automaton.size(); state++) {
            if (automaton.accepts(state) != null) {
                accepted.putIfAbsent(automaton.accepts(state), accepted.size());
            }
        }
        return accepted;
    }

    /** The column of each byte, as a letter from '0' on. */
    private String columns() {
        StringBuilder letters = new StringBuilder();
        for (int b : column) {
            char letter = (char) ('0' + b);
            letters.append(letter == '\\' ? "\\\\" : String.valueOf(letter));
        }
        return letters.toString();
    }

    private void rows(Map<Outcome, Integer> accepted) {
        StringBuilder text = new StringBuilder();
        for (int state = 0; state < automaton.size(); state++) {
            String row = row(state, accepted);
            if (text.length() + row.length() > MAX_TEXT) {
                block(text, ",");
                text.setLength(0);
            }
            text.append(row).append('\n');
        }
        block(text, ");");
    }

    private void block(StringBuilder rows, String end) {
        out.line("\"\"\"");
        rows.toString().lines().forEach(out::line);
        out.line("\"\"\"" + end);
    }

    /** {@code 2 *7 d12 x-}: accepts outcome 2; other columns lead to 7, column d to 12, column x nowhere. */
    private String row(int state, Map<Outcome, Integer> accepted) {
        Map<Integer, Integer> votes = new TreeMap<>();
        for (int b : representatives) {
            votes.merge(automaton.next(state, b), 1, Integer::sum);
        }
        int common = votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Outcome outcome = automaton.accepts(state);
        StringBuilder row =
                new StringBuilder(outcome == null ? "-" : accepted.get(outcome).toString());
        row.append(" *").append(target(common));
        for (int b : representatives) {
            int target = automaton.next(state, b);
            if (target != common) {
                char letter = (char) ('0' + column[b]);
                row.append(' ')
                        .append(letter == '\\' ? "\\\\" : String.valueOf(letter))
                        .append(target(target));
            }
        }
        return row.toString();
    }

    private static String target(int state) {
        return state == ModeAutomaton.DEAD ? "-" : Integer.toString(state);
    }
}
