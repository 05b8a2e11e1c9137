package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.report.ReportName;

/** Names of a trace that would like to be SQL, markup, formulas, paths or orders to a terminal stay names, from the log to every output. */
final class HostileNamesTest {
    private static final List<String> COMMS =
            List.of("'; DROP TABLE", "=cmd|' /C calc'", "\033]0;t\007x", "<script>a", "$1; --", "../../etc");

    private static final List<String> VMS = List.of(
            "=HYPERLINK(\"http://x\")", "<script>title='p'</script>", "../../../../escape", "\033[31mred\u202e");

    private static final String PLACE = "=1+1<script>\033[2J`[x](javascript:y)|z\\";

    /** What a terminal obeys, or what changes how a text looks; line ends and the end of a table's head in bold do not. */
    private static final String OBEYED = "(?s).*[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e].*";

    @TempDir
    private static Path folder;

    private static Path log;
    private static Path threads;
    private static Path database;

    @BeforeAll
    static void readTheLog() throws IOException {
        log = folder.resolve("log\n\033[2J'; --.txt");
        threads = folder.resolve("threads.csv");
        database = folder.resolve("names'\".duckdb");
        Path symbols = folder.resolve("System.map");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 160; i++) {
            int vcpu = i % 8;
            // 50 us each: entered, out by PLE after 30 us, switched out after 40
            text.append(line(vcpu, i * 50L, "kvm:kvm_entry: vcpu " + vcpu % 2 + ", rip 0xffffffff81000080"));
            text.append(line(
                    vcpu,
                    i * 50L + 30,
                    "kvm:kvm_exit: vcpu " + vcpu % 2 + " reason PAUSE_INSTRUCTION rip 0xffffffff81000080 info1 0x0"
                            + " info2 0x0 intr_info 0x0 error_code 0x0"));
            text.append(line(
                    vcpu,
                    i * 50L + 40,
                    "sched:sched_switch: prev_comm=" + comm(vcpu) + " prev_pid=" + (200 + vcpu)
                            + " prev_prio=120 prev_state=R ==> next_comm=" + comm(vcpu + 1) + " next_pid="
                            + (200 + (vcpu + 1) % 8) + " next_prio=120"));
        }
        text.append(line(1, 9000, "kvm:kvm_exit: vcpu \033[31mx"));
        Files.writeString(log, text);
        StringBuilder map = new StringBuilder("tid,tgid,vm,vcpu\n");
        for (int vcpu = 0; vcpu < 8; vcpu++) {
            map.append(200 + vcpu).append(',').append(300 + vcpu / 2).append(",\"");
            map.append(VMS.get(vcpu / 2).replace("\"", "\"\""))
                    .append("\",")
                    .append(vcpu % 2)
                    .append('\n');
        }
        Files.writeString(threads, map);
        Files.writeString(symbols, "ffffffff81000000 T " + PLACE + "\nffffffff82000000 T end\n");
        run("read", log, "--threads", threads, "--symbols", symbols, "-o", database, "--max-loss", "100");
    }

    private static String comm(int vcpu) {
        return COMMS.get(vcpu % 8 % COMMS.size());
    }

    private static String line(int vcpu, long us, String event) {
        return String.format(
                Locale.ROOT,
                "%16s %7d/%-7d [000] 100.%06d000: %s%n",
                comm(vcpu),
                300 + vcpu / 2,
                200 + vcpu,
                us,
                event);
    }

    /** A line that succeeds and says nothing that a terminal would obey. */
    private static CommandLineRun run(Object... words) {
        CommandLineRun run = CommandLineRun.plescope(
                "", Stream.of(words).map(Object::toString).toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isIn(0, 1);
        assertThat(run.out()).doesNotMatch(OBEYED);
        assertThat(run.err()).doesNotMatch(OBEYED);
        return run;
    }

    private static String report(String name, String format) {
        return run("report", name, "-i", database, "--format", format).out();
    }

    /** As into a file: true to the trace. */
    private static String intoFile(String... words) {
        return CommandLineRun.of(Terminal.UNLIMITED_WIDTH, "", words).out();
    }

    @Test
    void everyReportIsSafeOnATerminal() {
        for (ReportName name : ReportName.values()) {
            for (String format : List.of("table", "csv", "json")) {
                report(name.text(), format);
            }
        }
        assertThat(report("summary", "table")).contains("vCPU");
    }

    @Test
    void checkCompareAndQueriesAreToo() {
        assertThat(run("check", log, "--threads", threads).out()).contains("PLE-102");
        run("compare", database, database);
        run("sql", database, "SELECT comm FROM thread UNION SELECT name FROM vm");
        assertThat(run("sql", database, "SELECT count(*) AS n FROM vm", "--format", "csv")
                        .out())
                .isEqualTo("n\r\n4\r\n");
    }

    @Test
    void jsonHoldsTheNamesAsTheyAre() throws IOException {
        JsonNode rows = new ObjectMapper()
                .readTree(intoFile("sql", database.toString(), "SELECT name FROM vm ORDER BY vm", "--format", "json"));
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get("name").asText()));
        assertThat(names).containsExactlyElementsOf(VMS);
    }

    @Test
    void spreadsheetsRunNothing() {
        assertThat(intoFile("report", "hotspots", "-i", database.toString(), "--format", "csv")
                        .lines())
                .as("cells that begin as a formula")
                .noneMatch(line -> line.matches("(^|.*,)\"?[=+@].*"))
                .anyMatch(line -> line.contains("'=HYPERLINK") && line.contains("'=1+1"));
    }

    @Test
    void markdownHasNoTagsLinksOrCode() {
        String page = intoFile("report", "hotspots", "-i", database.toString(), "--format", "markdown");
        assertThat(page).contains("&lt;script>").contains("\\`\\[x](javascript:y)\\|z\\\\");
        assertThat(page).doesNotContain("<").doesNotContain("\033").doesNotContain("\u202e");
    }

    @Test
    void exportsStayInTheirFolder() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b/c/d"));
        Path chrome = inner.resolve("c.json");
        run("export", database, "--parquet", inner.resolve("p"), "--csv", inner.resolve("csv"), "--chrome", chrome);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("escape"));
        }
        try (Stream<Path> files = Files.walk(inner.resolve("p"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("vm=..%2F..%2F..%2F..%2Fescape")
                    .allMatch(name -> name.matches("[ -~]+"));
        }
        assertThat(new ObjectMapper()
                        .readTree(Files.readString(chrome))
                        .get("traceEvents")
                        .size())
                .isGreaterThan(160);
    }

    @Test
    void anonymisingLeavesNoneOfThem() throws IOException {
        Path anonymous = folder.resolve("anonymous.txt");
        run("anonymise", log, "-o", anonymous, "--max-loss", "100");
        assertThat(Files.readString(anonymous)).doesNotContain("DROP", "cmd", "script", "\033", "etc");
    }
}
