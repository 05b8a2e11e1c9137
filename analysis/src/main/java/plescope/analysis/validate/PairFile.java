package plescope.analysis.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plescope.analysis.validate.Pair.Side;

/**
 * Reads a list of recorded pairs: CSV with a head, columns in any order. Needed are {@code id trace_a trace_b knob change vm
 * ops_per_s_a ops_per_s_b}; {@code repeats_* median_* min_* max_*} tell the noise where a setting was recorded more than once.
 */
public final class PairFile {
    private PairFile() {}

    /** One {@link Pair} per row; what is wrong with a row is said with its number. */
    public static List<Pair> read(Path file) throws IOException {
        CsvSchema head = CsvSchema.emptySchema().withHeader();
        List<Pair> pairs = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows =
                new CsvMapper().readerForMapOf(String.class).with(head).readValues(file.toFile())) {
            while (rows.hasNext()) {
                pairs.add(pair(rows.next()));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IOException(file + ": row " + (pairs.size() + 1) + ": " + reason, e);
        }
        return pairs;
    }

    private static Pair pair(Map<String, String> row) {
        Side a = side(row, "a");
        Side b = side(row, "b");
        double medianA = number(row, "median_a", "ops_per_s_a");
        double medianB = number(row, "median_b", "ops_per_s_b");
        double ratio = medianB / medianA;
        boolean apart = b.low() > a.high() || b.high() < a.low();
        String beyond = row.getOrDefault("beyond_noise", "");
        return new Pair(
                text(row, "id"),
                text(row, "knob"),
                text(row, "change"),
                text(row, "vm"),
                a,
                b,
                ratio,
                beyond.isBlank() ? apart : beyond.strip().equals("yes"));
    }

    private static Side side(Map<String, String> row, String letter) {
        String ops = "ops_per_s_" + letter;
        double least = number(row, "min_" + letter, ops);
        double most = number(row, "max_" + letter, ops);
        if (least > most) {
            throw new IllegalArgumentException("min_" + letter + " " + least + " is above max_" + letter + " " + most);
        }
        return new Side(text(row, "trace_" + letter), least, most, repeats(row, "repeats_" + letter));
    }

    private static int repeats(Map<String, String> row, String column) {
        String repeats = row.getOrDefault(column, "").strip();
        try {
            return repeats.isEmpty() ? 1 : Integer.parseInt(repeats);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("column " + column + " holds no count: " + repeats, e);
        }
    }

    private static String text(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("column " + column + " is missing or empty");
        }
        return value.strip();
    }

    private static double number(Map<String, String> row, String column, String otherwise) {
        String value = row.get(column);
        String present = value == null || value.isBlank() ? otherwise : column;
        String text = text(row, present);
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("column " + present + " holds no number: " + text, e);
        }
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("column " + present + " must be above 0 and finite, was " + number);
        }
        return number;
    }
}
