package plescope.analysis.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;

/** A copy of a database under the names that {@link Pseudonyms} gives; {@code sql/anonymise} says what becomes of each column. */
public final class AnonymousDatabase {
    private AnonymousDatabase() {}

    /**
     * Writes the copy, whole or not at all.
     *
     * @param key whoever has it can try names out; null for one that nobody knows
     * @param keepTime whether clock readings stay
     * @param keepSymbols whether names of guest functions stay
     */
    public static void write(Path from, Path to, String key, boolean keepTime, boolean keepSymbols) throws IOException {
        Pseudonyms pseudonyms = new Pseudonyms(key == null ? Pseudonyms.randomKey() : key);
        String mapping;
        try (TraceDatabase original = TraceDatabase.open(from)) {
            mapping = mapping(new ReportRunner(original), pseudonyms);
        }
        try (TraceDatabase copy = TraceDatabase.create(to)) {
            ReportRunner runner = new ReportRunner(copy);
            runner.sql(SqlResource.read("copy/attach.sql")
                    .replace("{file}", from.toAbsolutePath().toString().replace("'", "''")));
            runner.sql(mapping);
            runner.sql(SqlResource.read("anonymise/tables.sql")
                    .replace("{keep_time}", Boolean.toString(keepTime))
                    .replace("{keep_symbols}", Boolean.toString(keepSymbols)));
            ReportCatalog.install(copy);
            copy.publish();
        }
    }

    /** What each id, name and address becomes, as temporary tables and macros. */
    private static String mapping(ReportRunner original, Pseudonyms pseudonyms) {
        List<Integer> ids = original.sql(SqlResource.read("anonymise/ids.sql")).rows().stream()
                .map(row -> ((Long) row.get(0)).intValue())
                .toList();
        List<String> names = original.sql(SqlResource.read("anonymise/names.sql")).rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
        ids.forEach(pseudonyms::meet);
        names.forEach(pseudonyms::meet);
        pseudonyms.settle();
        List<String> idRows = new ArrayList<>(List.of("(0, 0)", "(-1, -1)"));
        ids.stream().filter(id -> id > 0).forEach(id -> idRows.add("(" + id + ", " + pseudonyms.id(id) + ")"));
        List<String> nameRows = new ArrayList<>(List.of("('', '')"));
        names.stream()
                .filter(name -> !name.isEmpty())
                .forEach(name -> nameRows.add("(" + text(name) + ", " + text(pseudonyms.comm(name)) + ")"));
        return SqlResource.read("anonymise/mapping.sql")
                .replace("{ids}", String.join(", ", idRows))
                .replace("{distance}", Long.toString(pseudonyms.distance()))
                .replace("{cycles}", Long.toString(pseudonyms.cycles()))
                .replace("{names}", String.join(", ", nameRows));
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
