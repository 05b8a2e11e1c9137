package plescope.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.TraceDatabase;

/** The file itself: bounded, equal for equal databases, and whole without any network. */
final class HtmlPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void anEmptyDatabaseStillHasItsEightFindings() throws IOException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            JsonNode data = data(page(database));
            assertThat(data.get("sections")).hasSize(8);
            assertThat(data.get("sections").get(0).get("finding").asText())
                    .isEqualTo("No vCPU was observed in this schedule.");
            assertThat(data.get("sections").get(6).get("finding").asText()).contains("plescope analyze TRACE");
        }
    }

    @Test
    void equalDatabasesGiveEqualBytes() throws IOException {
        Path page = SamplePages.convoy(folder);
        byte[] first = Files.readAllBytes(page);
        SamplePages.plescope("html", folder.resolve("convoy.duckdb").toString());
        assertThat(Files.readAllBytes(page)).isEqualTo(first);
    }

    @Test
    void theFileNamesNoOtherPlaceToLoadFrom() throws IOException {
        String page = Files.readString(SamplePages.hostile(folder));
        String frame =
                DATA.matcher(page).replaceFirst("").replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", "");
        assertThat(frame)
                .doesNotContain("http://", "https://", " src=", "<link")
                .contains("default-src 'none'");
        assertThat(page).contains("ISC").contains("Mike Bostock");
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<", ">", "&").matches("\\A\\p{ASCII}*\\z");
    }

    /** A million intervals of 100 vCPUs, and 200,000 PLE exits in one burst: every limit of the page is reached. */
    @Test
    void theSizeIsBoundedWhateverTheTraceHolds() throws IOException {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            ReportRunner runner = new ReportRunner(database);
            runner.sql("INSERT INTO vm SELECT i, repeat('<', 60) || i, i, 'TGID' FROM range(4) AS t(i)");
            runner.sql("INSERT INTO vcpu SELECT i, i % 4, i // 4, 1000 + i, '<<<<<<<<<<<<<<<' FROM range(100) AS t(i)");
            runner.sql("INSERT INTO run VALUES (0, 'recorded', 'RECORDED', NULL, 100000000)");
            runner.sql(
                    "INSERT INTO vcpu_interval SELECT 0, v, CASE i % 4 WHEN 0 THEN 'SPINNING' WHEN 1 THEN 'HOST' WHEN 2 THEN 'PREEMPTED'"
                            + " ELSE 'GUEST' END, (v + i) % 64, i * 10000, (i + 1) * 10000, 'RECORDED'"
                            + " FROM range(10000) AS t(i), range(100) AS u(v)");
            runner.sql(
                    "INSERT INTO spin_episode SELECT 0, i, i % 100, i * 1000, i * 1000 + 8000, 1 + i % 300, 8000, 1000 + i, 'PROGRESS',"
                            + " 'INFERRED', i, i FROM range(200000) AS t(i)");
            runner.sql(
                    "INSERT INTO directed_yield SELECT 0, i, i % 100, i % 64, i * 1000 + 5000, 'SIBLING', (i + 4) % 100, 1000, 5000, 'YES',"
                            + " 'NO', (i + 4) % 100, 'YES', 'OVERBOOST', i, 26, NULL FROM range(200000) AS t(i)");
            runner.sql("INSERT INTO context_switch SELECT 0, i % 64, i * 1000, 1, 77 FROM range(200000) AS t(i)");
            runner.sql("INSERT INTO thread VALUES (77, 77, '<<<<<<<<<<<<<<<')");
            String page = page(database);
            assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(1_000_000, 5_000_000);
            JsonNode bursts = data(page).get("sections").get(2);
            // As many as are whole before the interval at which the query stops; 100 begin together.
            assertThat(bursts.get("tables").get(2).get("rows"))
                    .hasSizeBetween(BurstSection.MOST_INTERVALS - 100, BurstSection.MOST_INTERVALS);
        }
    }

    /**
     * Window 4000, cost 1000 ns. Episode 0: 2 exits, 8000 ns of loop, T = 10,000: constant 10,000 / 5000 = 2; doubling: 1 exit takes 5000,
     * 2 take 2 * 1000 + 3 * 4000 = 14,000, so 1. Episode 1: 4 exits, 60,000 ns, T = 64,000: constant 12; doubling: 4 take 4000 + 15 * 4000 =
     * 64,000, so 4.
     */
    @Test
    void theLawsCountTheExitsThatFitIntoTheTimeOfAnEpisode() {
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            new ReportRunner(database)
                    .sql(
                            "INSERT INTO spin_episode VALUES (0, 0, 0, 0, 10000, 2, 8000, 1, 'PROGRESS', 'INFERRED', 1, 2),"
                                    + " (0, 1, 0, 20000, 90000, 4, 60000, 1, 'PROGRESS', 'INFERRED', 3, 9)");
            PageTable lengths =
                    new PageQueries(database, 0).ask("length", Map.of("window_ns", 4000L, "cost_ns", 1000L));
            assertThat(lengths.table().rows())
                    .containsExactly(
                            List.of(1L, 1L, 0L, 0L, 1L),
                            List.of(2L, 2L, 1L, 1L, 0L),
                            List.of(4L, 4L, 1L, 0L, 1L),
                            List.of(12L, 12L, 0L, 1L, 0L));
        }
    }

    private static String page(TraceDatabase database) throws IOException {
        StringWriter page = new StringWriter();
        HtmlPage.write(database, 0, page);
        return page.toString();
    }

    private static JsonNode data(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }
}
