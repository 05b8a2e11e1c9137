package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportWriterTest {
    private static final ReportTable TABLE = new ReportTable(
            List.of(new ReportTable.Column("name", "VARCHAR"), new ReportTable.Column("n", "BIGINT")),
            List.of(List.of("a|b", 12L), Arrays.asList("=1+1,\"x\"\n", null)));

    @Test
    void csvQuotesAndDefusesFormulas() {
        assertThat(new ReportWriter(80).write(TABLE, ReportFormat.CSV))
                .isEqualTo("name,n\r\na|b,12\r\n\"'=1+1,\"\"x\"\"\n\",\r\n");
    }

    @Test
    void negativeNumbersAreNoFormulas() {
        ReportTable table = new ReportTable(
                List.of(new ReportTable.Column("n", "BIGINT"), new ReportTable.Column("d", "DECIMAL(4,2)")),
                List.of(List.of(-5L, new BigDecimal("-0.50"))));
        assertThat(new ReportWriter(80).write(table, ReportFormat.CSV)).isEqualTo("n,d\r\n-5,-0.50\r\n");
    }

    @Test
    void jsonEscapesControlCharactersAndKeepsNull() {
        assertThat(new ReportWriter(80).write(TABLE, ReportFormat.JSON)).isEqualTo("""
                        [
                          {"name": "a|b", "n": 12},
                          {"name": "=1+1,\\"x\\"\\u000a", "n": null}
                        ]
                        """);
    }

    @Test
    void markdownEscapesBars() {
        assertThat(new ReportWriter(80).write(TABLE, ReportFormat.MARKDOWN)).isEqualTo("""
                        | name | n |
                        |---|---:|
                        | a\\|b | 12 |
                        | =1+1,"x"  |  |
                        """);
    }

    @Test
    void tablesAreCutToTheWidthAndNumbersStandRight() {
        ReportTable table = new ReportTable(
                List.of(new ReportTable.Column("name", "VARCHAR"), new ReportTable.Column("count", "BIGINT")),
                List.of(List.of("a name too long for this", 7L), List.of("\u001b[31mred", 1234L)));
        assertThat(new ReportWriter(19).write(table, ReportFormat.TABLE)).isEqualTo("""
                name          count
                a name too …      7
                 [31mred       1234
                """);
    }

    /** Unbroken: 13 + 15 + 13 and two gaps of 2. With broken heads 13 + 6 + 7 + 4 = 30; for 28 the name loses two. */
    @Test
    void headsBreakBeforeNamesAreCutAndNumbersAreNeverCut() {
        ReportTable table = new ReportTable(
                List.of(
                        new ReportTable.Column("setting", "VARCHAR"),
                        new ReportTable.Column("ple_exits_per_s", "DOUBLE"),
                        new ReportTable.Column("steal_percent", "DOUBLE")),
                List.of(List.of("cfs-5.6+p2019", 7224.7, 73.89)));
        assertThat(new ReportWriter(28).write(table, ReportFormat.TABLE)).isEqualTo("""
                               ple_
                             exits_   steal_
                setting       per_s  percent
                cfs-5.6+p2…  7224.7    73.89
                """);
        assertThat(new ReportWriter(1).write(table, ReportFormat.TABLE)).contains("cfs-5.6…", " 7224.7 ", " 73.89");
    }

    @Test
    void doublesAreSpelledPlainly() {
        assertThat(ReportWriter.text(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(ReportWriter.text(12.0)).isEqualTo("12");
        assertThat(ReportWriter.text(-0.0)).isEqualTo("0");
        assertThat(ReportWriter.text(1e9)).isEqualTo("1000000000");
        assertThat(ReportWriter.text(Double.NaN)).isEqualTo("NaN");
    }
}
