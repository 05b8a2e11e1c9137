package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.analysis.report.Report;
import plescope.analysis.report.ReportCatalog;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.TraceDatabase;

/** The tables of the module's README say what the code does. */
final class ReadmeTest {
    @Test
    void commandsAreThoseOfTheProgram() throws IOException {
        List<List<String>> expected = new ArrayList<>();
        for (Command command : Main.COMMANDS) {
            expected.add(List.of("`" + command.name() + "`", command.summary()));
        }
        assertThat(table("Commands")).isEqualTo(expected);
    }

    @Test
    void exitCodesAreThoseOfTheProgram() throws IOException {
        assertThat(table("Exit codes"))
                .isEqualTo(Arrays.stream(ExitCode.values())
                        .map(c -> List.of(Integer.toString(c.code()), c.meaning()))
                        .toList());
    }

    @Test
    void reportsAndTheirParametersAreThoseOfTheCatalog() throws IOException {
        List<List<String>> expected = new ArrayList<>();
        for (Report report : ReportCatalog.all()) {
            expected.add(List.of(
                    "`" + report.name().text() + "`",
                    String.join(
                            ", ",
                            report.parameters().stream()
                                    .map(Report.Parameter::name)
                                    .toList())));
        }
        assertThat(table("Reports").stream().map(row -> row.subList(0, 2))).containsExactlyElementsOf(expected);
    }

    @Test
    void tablesAreThoseOfTheSchema() throws IOException {
        List<String> documented =
                table("Tables").stream().map(row -> row.get(0).replace("`", "")).toList();
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            List<String> stored = new ArrayList<>();
            new ReportRunner(database)
                    .sql("SELECT table_name FROM duckdb_tables() ORDER BY table_oid")
                    .rows()
                    .forEach(row -> stored.add((String) row.get(0)));
            assertThat(documented).isEqualTo(stored);
        }
    }

    /** Cells of the first table below a heading, without its head. */
    private static List<List<String>> table(String heading) throws IOException {
        Path readme = Path.of(System.getProperty("plescope.root"), "analysis", "README.md");
        List<String> lines = Files.readAllLines(readme);
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(lines.indexOf("## " + heading) + 1, lines.size())) {
            if (line.startsWith("|")) {
                rows.add(Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            } else if (!rows.isEmpty() || line.startsWith("## ")) {
                break;
            }
        }
        return rows.size() < 2 ? List.of() : rows.subList(2, rows.size());
    }
}
