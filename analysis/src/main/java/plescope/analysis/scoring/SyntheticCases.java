package plescope.analysis.scoring;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.scenario.Scenario;
import plescope.replay.scenario.text.Producer;

/** The cases that inference is scored on: scenarios, eras, schedulers, producers and degrees of contention, in a table of the jar. */
public final class SyntheticCases {
    private static final String TABLE = "cases.csv";

    private SyntheticCases() {}

    /** All of them, in the order of the table. */
    public static List<SyntheticCase> all() {
        try (InputStream in = SyntheticCases.class.getResourceAsStream(TABLE);
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            List<SyntheticCase> cases = new ArrayList<>();
            while (rows.hasNextValue()) {
                cases.add(read(rows.nextValue()));
            }
            return List.copyOf(cases);
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }

    /**
     * Those with these names; all for none.
     *
     * @throws IllegalArgumentException where one is unknown
     */
    public static List<SyntheticCase> named(List<String> names) {
        List<SyntheticCase> all = all();
        List<SyntheticCase> found = new ArrayList<>();
        for (String name : names) {
            found.add(all.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no synthetic case is called '" + name + "'")));
        }
        return names.isEmpty() ? all : List.copyOf(found);
    }

    private static SyntheticCase read(Map<String, String> row) {
        return new SyntheticCase(
                row.get("name"),
                row.get("scenario"),
                parameters(row.get("parameters")),
                row.get("setting"),
                Producer.valueOf(row.get("producer").replace('-', '_').toUpperCase(Locale.ROOT)),
                row.get("kernel"),
                Scenario.duration(row.get("span")),
                Long.parseLong(row.get("seed")),
                SyntheticCase.Use.valueOf(row.get("use")));
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : text.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }
}
