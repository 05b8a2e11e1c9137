package plescope.replay.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numeric test vectors from {@code vectors.json}: maps, lists, {@link BigDecimal}s, strings and booleans. */
final class Vectors {
    private final String text;
    private int at;

    private Vectors(String text) {
        this.text = text;
    }

    /** One of the file's sections as a list of rows; a section that is no list is one row. */
    @SuppressWarnings("unchecked")
    static List<Row> rows(String section) {
        Object value = ((Map<String, Object>) new Vectors(read()).value()).get(section);
        List<Row> rows = new ArrayList<>();
        for (Object row : value instanceof List<?> list ? list : List.of(value)) {
            rows.add(new Row((Map<String, Object>) row));
        }
        return rows;
    }

    /** One row: values by name. */
    record Row(Map<String, Object> values) {
        long number(String name) {
            return ((BigDecimal) values.get(name)).longValueExact();
        }

        /** A number of units as so many of a smaller one, exactly. */
        long scaled(String name, long perUnit) {
            return scaled(values.get(name), perUnit);
        }

        static long scaled(Object number, long perUnit) {
            return ((BigDecimal) number).multiply(BigDecimal.valueOf(perUnit)).longValue();
        }

        List<?> list(String name) {
            return (List<?>) values.get(name);
        }
    }

    private static String read() {
        try (InputStream in = Vectors.class.getResourceAsStream("vectors.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object value() {
        char next = peek();
        if (next == '{') {
            return object();
        }
        if (next == '[') {
            return array();
        }
        if (next == '"') {
            return string();
        }
        int from = at;
        while (",]}\n ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : new BigDecimal(word);
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String name = string();
            expect(':');
            object.put(name, value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        while (peek() != ']') {
            array.add(value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return array;
    }

    /** Without escapes, which the file does not use. */
    private String string() {
        expect('"');
        int end = text.indexOf('"', at);
        String string = text.substring(at, end);
        at = end + 1;
        return string;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalStateException("expected " + wanted + " at " + at);
        }
        at++;
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }
}
