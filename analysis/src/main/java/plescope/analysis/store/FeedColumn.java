package plescope.analysis.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;

/**
 * One column of a table as it travels from a {@link ColumnBatch}: in the table's own type, so that nothing is cast on the way, enums as
 * the number of the value.
 */
final class FeedColumn {
    private static final Pattern ENUM_VALUE = Pattern.compile("'((?:[^']|'')*)'");

    /** Texts whose bytes are kept: most columns of texts hold few different ones. */
    private static final int MOST_KNOWN = 1_024;

    private final Map<String, byte[]> utf8 = new HashMap<>();
    private final String name;
    private final String sqlType;
    private final DuckDBColumnType type;

    /** @param sqlType as DuckDB prints it: {@code SMALLINT}, {@code ENUM('A', 'B')} */
    FeedColumn(String name, String sqlType) {
        this.name = name;
        this.sqlType = sqlType;
        this.type = isEnum() ? DuckDBColumnType.TINYINT : DuckDBColumnType.valueOf(sqlType);
    }

    private boolean isEnum() {
        return sqlType.startsWith("ENUM");
    }

    String name() {
        return name;
    }

    DuckDBColumnType type() {
        return type;
    }

    /** What the INSERT selects for it. */
    String expression() {
        if (!isEnum()) {
            return name;
        }
        List<String> cases = new ArrayList<>();
        Matcher value = ENUM_VALUE.matcher(sqlType);
        while (value.find()) {
            cases.add("WHEN " + cases.size() + " THEN " + value.group() + "::" + sqlType);
        }
        return "CASE " + name + " " + String.join(" ", cases) + " END";
    }

    /** Copies rows {@code from} to {@code from + count} of column {@code column} to the beginning of the vector. */
    void fill(DuckDBWritableVector vector, ColumnBatch batch, int column, int from, int count) {
        switch (type) {
            case VARCHAR -> texts(vector, batch, column, from, count);
            case DOUBLE -> doubles(vector, batch, column, from, count);
            default -> numbers(vector, batch, column, from, count);
        }
    }

    /** All at once: a call into DuckDB for each text takes several times as long as the text itself. */
    private void texts(DuckDBWritableVector vector, ColumnBatch batch, int column, int from, int count) {
        byte[][] encoded = new byte[count][];
        for (int row = 0; row < count; row++) {
            String text = batch.text(column, from + row);
            encoded[row] = text == null ? null : utf8(text);
        }
        vector.setStringUtf8Batch(0, encoded);
    }

    private byte[] utf8(String text) {
        byte[] known = utf8.get(text);
        if (known == null) {
            if (utf8.size() == MOST_KNOWN) {
                utf8.clear();
            }
            known = text.getBytes(StandardCharsets.UTF_8);
            utf8.put(text, known);
        }
        return known;
    }

    private static void doubles(DuckDBWritableVector vector, ColumnBatch batch, int column, int from, int count) {
        for (int row = 0; row < count; row++) {
            double value = Double.longBitsToDouble(batch.number(column, from + row));
            if (Double.isNaN(value)) {
                vector.setNull(row);
            } else {
                vector.setDouble(row, value);
            }
        }
    }

    private void numbers(DuckDBWritableVector vector, ColumnBatch batch, int column, int from, int count) {
        for (int row = 0; row < count; row++) {
            long value = batch.number(column, from + row);
            if (value == ColumnBatch.NULL) {
                vector.setNull(row);
            } else {
                set(vector, row, value);
            }
        }
    }

    private void set(DuckDBWritableVector vector, int row, long value) {
        switch (type) {
            case BIGINT -> vector.setLong(row, value);
            case INTEGER -> vector.setInt(row, narrow(value, (int) value));
            case SMALLINT -> vector.setShort(row, (short) narrow(value, (short) value));
            case TINYINT -> vector.setByte(row, (byte) narrow(value, (byte) value));
            case BOOLEAN -> vector.setBoolean(row, value != 0);
            default -> throw new IllegalStateException(name + " is of a type that nothing stores: " + sqlType);
        }
    }

    private int narrow(long value, int narrowed) {
        if (value != narrowed) {
            throw new IllegalArgumentException(name + " holds no numbers as large as " + value);
        }
        return narrowed;
    }
}
