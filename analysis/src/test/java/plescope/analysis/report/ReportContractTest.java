package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plescope.analysis.store.SqlResource;
import plescope.analysis.store.TraceDatabase;

/** What every report promises in its header must be what it does. */
final class ReportContractTest {
    @ParameterizedTest
    @EnumSource(ReportName.class)
    void headerIsWhatDuckDbDescribes(ReportName name) {
        Report report = Report.read(name);
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportTable described = new ReportRunner(database).sql("DESCRIBE " + report.sql(Map.of()));
            List<String> actual = new ArrayList<>();
            for (List<Object> row : described.rows()) {
                actual.add(row.get(0) + " " + row.get(1));
            }
            assertThat(report.columns().stream().map(c -> c.name() + " " + c.type()))
                    .containsExactlyElementsOf(actual);
        }
    }

    @ParameterizedTest
    @EnumSource(ReportName.class)
    void anEmptyDatabaseGivesNoError(ReportName name) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportTable table = new ReportRunner(database).run(name, Map.of());
            assertThat(table.columns()).hasSameSizeAs(Report.read(name).columns());
        }
    }

    @ParameterizedTest
    @EnumSource(ReportName.class)
    void everythingIsDescribed(ReportName name) {
        Report report = Report.read(name);
        assertThat(report.sentence()).hasSizeGreaterThan(20).matches("(?s).*[.]");
        assertThat(report.columns()).isNotEmpty().allSatisfy(c -> assertThat(c.description())
                .isNotBlank());
        assertThat(report.parameters())
                .allSatisfy(p -> assertThat(p.description()).isNotBlank());
        assertThat(SqlResource.read("report/" + name.text() + ".sql").lines().count())
                .isLessThanOrEqualTo(120);
    }

    @ParameterizedTest
    @EnumSource(ReportName.class)
    void theOrderEndsInAKeyAndNothingIsSelectedByStar(ReportName name) {
        String body = Report.read(name).body();
        assertThat(body).contains("ORDER BY").doesNotContainPattern("SELECT\\s+\\*");
        assertThat(body.substring(body.lastIndexOf("ORDER BY")))
                .as("after the last ORDER BY there is nothing but columns")
                .matches("ORDER BY [A-Za-z_., ]+");
    }

    @ParameterizedTest
    @EnumSource(ReportName.class)
    void theSameReportIsATableMacroOfTheDatabase(ReportName name) {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportCatalog.install(database);
            ReportTable table = new ReportRunner(database).sql("FROM " + name.macro() + "()");
            assertThat(table.columns()).hasSameSizeAs(Report.read(name).columns());
        }
    }

    @Test
    void parametersAreCheckedBeforeTheyBecomeSql() {
        Report exits = Report.read(ReportName.EXITS);
        assertThat(exits.sql(Map.of("run", " 3 "))).contains("x.run = 3").doesNotContain("$");
        assertThatThrownBy(() -> exits.sql(Map.of("run", "0; DROP TABLE run")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> exits.sql(Map.of("rnu", "0")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("it has: run");
    }
}
