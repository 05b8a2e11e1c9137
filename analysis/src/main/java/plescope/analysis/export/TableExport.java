package plescope.analysis.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import plescope.analysis.file.PartialFolder;
import plescope.analysis.report.ReportFormat;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.report.RowText;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;

/**
 * The tables of one database as files that other programs read.
 *
 * <p>Parquet: a folder per table, in it {@code trace=NAME}, in it {@code vm=NAME} for rows that belong to a vCPU, in it one file. Rows
 * are sorted, so that equal databases give equal files and times pack well. CSV and JSON lines: a file per table.
 */
public final class TableExport {
    private final ReportRunner runner;
    private final String trace;
    private final int run;
    private final Set<String> chosen;
    private final List<Table> tables;
    private final List<String> vms;

    /** Every schedule of the database. */
    public static final int ALL_RUNS = -1;

    /** Kinds of files. */
    public enum Format {
        PARQUET,
        CSV,
        JSONL;

        /** As typed, and as files end. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Table(String name, String columns, boolean hasRun, String vcpu, String sort) {}

    /**
     * Prepares an export.
     *
     * @param trace name of the recording, which tells it from others in a folder of many
     * @param run the schedule, or {@link #ALL_RUNS}
     * @param chosen tables to write; all if empty
     */
    public TableExport(TraceDatabase database, String trace, int run, Set<String> chosen) {
        runner = new ReportRunner(database);
        this.trace = trace;
        this.run = run;
        tables = runner.sql(SqlResource.read("export/tables.sql")).rows().stream()
                .map(row -> new Table(
                        (String) row.get(0), (String) row.get(1), (Boolean) row.get(2), (String) row.get(3), (String)
                                row.get(4)))
                .toList();
        vms = runner.sql(SqlResource.read("export/vms.sql")).rows().stream()
                .map(row -> (String) row.get(0))
                .toList();
        this.chosen = chosen.isEmpty() ? new TreeSet<>(tables()) : new TreeSet<>(chosen);
    }

    /** Tables of the database, in alphabetical order. */
    public List<String> tables() {
        return tables.stream().map(Table::name).toList();
    }

    /**
     * Writes a folder, whole or not at all.
     *
     * @param replace whether an earlier export of that name may be replaced
     */
    public void write(Format format, Path folder, boolean replace) throws IOException {
        Set<String> names = new TreeSet<>(tables());
        Predicate<String> mine = name -> names.contains(stem(name));
        try (PartialFolder aside = new PartialFolder(folder, replace ? mine : null)) {
            for (Table table : tables) {
                if (!chosen.contains(table.name())) {
                    continue;
                }
                switch (format) {
                    case PARQUET -> parquet(table, aside.path().resolve(table.name()));
                    case CSV -> text(table, ReportFormat.CSV, aside.path().resolve(table.name() + ".csv"));
                    case JSONL -> text(table, ReportFormat.JSONL, aside.path().resolve(table.name() + ".jsonl"));
                }
            }
            aside.publish();
        }
    }

    private static String stem(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void parquet(Table table, Path folder) throws IOException {
        Path partition = folder.resolve("trace=" + PartitionName.of(trace));
        if (table.vcpu() == null) {
            copy(query(table, "true"), partition);
            return;
        }
        for (String vm : vms) {
            String ofVm = read("of-vm").replace("{vcpu}", table.vcpu()).replace("{vm}", vm.replace("'", "''"));
            copy(query(table, ofVm), partition.resolve("vm=" + PartitionName.of(vm)));
        }
    }

    private void copy(String query, Path folder) throws IOException {
        Files.createDirectories(folder);
        String file = folder.resolve("part-0.parquet").toString().replace("'", "''");
        runner.sql(read("parquet").replace("{file}", file).replace("{query}", query));
    }

    private void text(Table table, ReportFormat format, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            RowText[] text = new RowText[1];
            runner.tell(
                    query(table, "true"),
                    columns -> {
                        text[0] = ReportWriter.rows(columns, format);
                        append(out, text[0].head());
                    },
                    row -> append(out, text[0].row(row)));
            out.write(text[0].tail());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void append(Writer out, String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String query(Table table, String condition) {
        String ofRun =
                table.hasRun() && run != ALL_RUNS ? read("of-run").replace("{run}", Integer.toString(run)) : "true";
        boolean ofEpisode = table.vcpu() != null && table.vcpu().startsWith("e.");
        return read("table")
                .replace("{columns}", table.columns())
                .replace("{table}", table.name())
                .replace("{join}", ofEpisode ? read("of-episode") : "")
                .replace("{sort}", table.sort())
                .replace("{condition}", ofRun + " AND " + condition);
    }

    private static String read(String name) {
        return SqlResource.read("export/" + name + ".sql").strip();
    }
}
