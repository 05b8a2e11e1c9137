package plescope.parser.grammar;

import java.util.Arrays;

/** The automaton of a mode that is too tangled to be code, as one dense array: a row per state, a column per kind of byte. */
final class TransitionTable {
    private static final char DEAD = Character.MAX_VALUE;

    private final int columns;
    private final byte[] column = new byte[256];
    private final char[] next;
    private final long[] accepts;

    /**
     * @param outcomes what tokens are, as {@code TraceScanner} packs them
     * @param columns the column of each byte, as a letter from '0' on
     * @param rows lines of {@code OUTCOME *COMMON CTARGET...}: the index of what a state accepts, where it mostly leads, and the
     *     columns that lead elsewhere; {@code -} stands for nothing and nowhere
     */
    TransitionTable(long[] outcomes, String columns, String... rows) {
        int kinds = 0;
        for (int b = 0; b < column.length; b++) {
            column[b] = (byte) (columns.charAt(b) - '0');
            kinds = Math.max(kinds, column[b] + 1);
        }
        this.columns = kinds;
        String[] lines = String.join("", rows).lines().toArray(String[]::new);
        next = new char[lines.length * kinds];
        accepts = new long[lines.length];
        for (int state = 0; state < lines.length; state++) {
            String[] cells = lines[state].split(" ", -1);
            accepts[state] = cells[0].equals("-") ? 0 : outcomes[Integer.parseInt(cells[0])];
            Arrays.fill(next, state * kinds, (state + 1) * kinds, target(cells[1]));
            for (int i = 2; i < cells.length; i++) {
                next[state * kinds + cells[i].charAt(0) - '0'] = target(cells[i]);
            }
        }
    }

    private static char target(String cell) {
        return cell.charAt(1) == '-' ? DEAD : (char) Integer.parseInt(cell, 1, cell.length(), 10);
    }

    /** The longest token from a position on. */
    long scan(byte[] bytes, int from) {
        int i = from;
        long accepted = 0;
        char state = next[column[bytes[i] & 0xff]];
        while (state != DEAD) {
            i++;
            if (accepts[state] != 0) {
                accepted = accepts[state] | i;
            }
            state = next[state * columns + column[bytes[i] & 0xff]];
        }
        return accepted;
    }
}
