package plescope.analysis.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.RowFilter;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;

/**
 * One schedule in the Chrome JSON trace format, which the Perfetto UI and chrome://tracing open.
 *
 * <p>Each query of {@code sql/chrome} tells one kind of trace event, in order of time: columns with the format's own names become its
 * fields, every other column an argument. Rows are written as DuckDB tells them, so memory does not grow with the trace.
 */
public final class ChromeTrace {
    /** In the order in which they are written; within each, times never go back. */
    private static final List<String> KINDS = List.of(
            "track",
            "host",
            "state",
            "ple-exit",
            "wait",
            "burst",
            "yield-flow",
            "ipi-flow",
            "window-counter",
            "runnable-counter");

    /** Fields of the format with text or whole numbers; {@code s} is an instant's scope, {@code bp} binds a flow's end. */
    private static final Set<String> FIELDS = Set.of("ph", "pid", "tid", "id", "cat", "s", "bp");

    private static final int NS_DIGITS = 3;

    private final ReportRunner runner;
    private final int run;
    private final RowFilter filter;

    /** A schedule, or the part of it that the filter chooses. */
    public ChromeTrace(TraceDatabase database, int run, RowFilter filter) {
        runner = new ReportRunner(database);
        this.run = run;
        this.filter = filter;
    }

    /** Writes the trace. Times are microseconds with three decimals, counted from the recording's first event. */
    public void write(Writer out) throws IOException {
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("displayTimeUnit", "ns");
            json.writeArrayFieldStart("traceEvents");
            for (String kind : KINDS) {
                events(kind, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void events(String kind, JsonGenerator json) {
        String query = SqlResource.read("chrome/" + kind + ".sql")
                .lines()
                .dropWhile(line -> line.startsWith("--"))
                .reduce("", (text, line) -> text + line + "\n")
                .strip()
                .replace("{run}", Integer.toString(run))
                .replace("{from}", Long.toString(filter.fromNs()))
                .replace("{to}", Long.toString(filter.toNs()));
        String[][] names = new String[1][];
        runner.tell(
                filter.applyTo(query),
                columns -> names[0] =
                        columns.stream().map(ReportTable.Column::name).toArray(String[]::new),
                row -> {
                    try {
                        event(names[0], row, json);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void event(String[] names, List<Object> row, JsonGenerator json) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            Object value = row.get(i);
            if (value == null) {
                continue;
            }
            switch (names[i]) {
                case "event" -> json.writeStringField("name", (String) value);
                case "ts_ns" -> micros("ts", (Long) value, json);
                case "dur_ns" -> micros("dur", (Long) value, json);
                default -> {
                    if (FIELDS.contains(names[i])) {
                        field(names[i], value, json);
                    }
                }
            }
        }
        json.writeObjectFieldStart("args");
        for (int i = 0; i < names.length; i++) {
            boolean argument = !FIELDS.contains(names[i])
                    && !Set.of("event", "ts_ns", "dur_ns").contains(names[i]);
            if (argument && row.get(i) != null) {
                field(names[i], row.get(i), json);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void micros(String name, long ns, JsonGenerator json) throws IOException {
        json.writeNumberField(name, BigDecimal.valueOf(ns, NS_DIGITS));
    }

    private static void field(String name, Object value, JsonGenerator json) throws IOException {
        if (value instanceof Long number) {
            json.writeNumberField(name, number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumberField(name, number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumberField(name, number);
        } else {
            json.writeStringField(name, value.toString());
        }
    }
}
