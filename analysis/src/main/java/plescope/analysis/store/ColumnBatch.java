package plescope.analysis.store;

import java.util.Arrays;

/**
 * Rows of one table on their way into DuckDB, column by column.
 *
 * <p>Numbers of every width travel as {@code long}, doubles as their bits; the INSERT casts them. Not thread-safe.
 */
final class ColumnBatch {
    /** Stands for SQL NULL in number columns; no count, id or time has this value. */
    static final long NULL = Long.MIN_VALUE;

    /**
     * Rows per flush, a quarter of a DuckDB row group: what is under way stays small, and larger flushes are no cheaper per row. DuckDB
     * puts row groups together itself and writes each when it is full.
     */
    static final int LIMIT = 30_720;

    private static final int FIRST_CAPACITY = 1_024;

    private final LoadTable table;
    private final long[][] numbers;
    private final String[][] texts;
    private int capacity = FIRST_CAPACITY;
    private int rows;
    private int column;

    ColumnBatch(LoadTable table) {
        this.table = table;
        int width = table.columns().size();
        numbers = new long[width][];
        texts = new String[width][];
        for (int i = 0; i < width; i++) {
            if (table.columns().get(i).kind() == LoadTable.Kind.TEXT) {
                texts[i] = new String[capacity];
            } else {
                numbers[i] = new long[capacity];
            }
        }
    }

    LoadTable table() {
        return table;
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows >= LIMIT;
    }

    long number(int inColumn, int row) {
        return numbers[inColumn][row];
    }

    String text(int inColumn, int row) {
        return texts[inColumn][row];
    }

    void replaceNumber(int inColumn, int row, long value) {
        numbers[inColumn][row] = value;
    }

    /** Sets the next column of the row being written. */
    ColumnBatch put(long value) {
        numbers[column++][rows] = value;
        return this;
    }

    /** As {@link #put(long)}; {@code unknown} becomes NULL. */
    ColumnBatch putUnless(long unknown, long value) {
        return put(value == unknown ? NULL : value);
    }

    ColumnBatch put(double value) {
        return put(Double.doubleToRawLongBits(value));
    }

    ColumnBatch put(String value) {
        texts[column++][rows] = value;
        return this;
    }

    /** Empties it, to be filled again. */
    void clear() {
        rows = 0;
        column = 0;
    }

    /** Ends the row. */
    void end() {
        if (column != numbers.length) {
            throw new IllegalStateException(
                    table.name() + ": row has " + column + " of " + numbers.length + " columns");
        }
        column = 0;
        rows++;
        if (rows == capacity && capacity < LIMIT) {
            grow();
        }
    }

    private void grow() {
        capacity = Math.min(capacity * 2, LIMIT);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != null) {
                numbers[i] = Arrays.copyOf(numbers[i], capacity);
            } else {
                texts[i] = Arrays.copyOf(texts[i], capacity);
            }
        }
    }
}
