package plescope.analysis.reproduce;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the figures to reproduce from {@code figures.csv} beside this class, whose head explains its columns. */
final class FigureTable {
    private FigureTable() {}

    static List<Figure> read() {
        try (InputStream in = FigureTable.class.getResourceAsStream("figures.csv")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("figures.csv", e);
        }
    }

    static List<Figure> read(InputStream in) throws IOException {
        CsvSchema header = CsvSchema.emptySchema().withHeader().withComments();
        List<Figure> figures = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(header)
                .with(CsvParser.Feature.TRIM_SPACES)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(in)) {
            while (rows.hasNext()) {
                figures.add(figure(rows.next()));
            }
        }
        return figures;
    }

    private static Figure figure(Map<String, String> row) {
        Figure.Run before = new Figure.Run(row.get("scenario"), row.get("set"), row.get("before"));
        Figure.Run after = new Figure.Run(
                or(row.get("scenario_after"), before.scenario()),
                or(row.get("set_after"), before.set()),
                or(row.get("after"), before.setting()));
        return new Figure(
                row.get("id"),
                row.get("source"),
                row.get("setup"),
                Metric.parse(row.get("metric")),
                row.get("vms"),
                before,
                after,
                number(row.get("published")),
                number(row.get("published_before")),
                Expectation.parse(row.get("expect")),
                row.get("order"),
                row.get("note"),
                row.get("reason"));
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
