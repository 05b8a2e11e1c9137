package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.analysis.cli.CommandLineRun.plescope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs get: tables that read back the same, and traces that keep the rules of their format. */
final class ExportCommandTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("plescope.root", ".."), "samples/linux-guests-trace-cmd/trace.txt.gz");

    /** A spreadsheet's formula as the name of a thread, markup as another, and quotes in both. */
    private static final String HOSTILE = """
            =cmd()"'</scri>  141 [000]   100.000010: kvm:kvm_entry: vcpu 0, rip 0x80
            =cmd()"'</scri>  141 [000]   100.000110: kvm:kvm_exit: vcpu 0 reason pause rip 0x80 info 0 0
            =cmd()"'</scri>  141 [000]   100.000120: sched:sched_switch: prev_comm==cmd()"'</scri> prev_pid=141 prev_prio=120 prev_state=R+ ==> next_comm=b\\"\u202e,{ next_pid=77 next_prio=120
               <idle>      0 [000]   100.000130: sched:sched_waking: comm=x pid=78 prio=120 target_cpu=000
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path database;

    @BeforeAll
    static void read() {
        database = shared.resolve("sample.duckdb");
        assertThat(plescope("", "read", SAMPLE.toString(), "-o", database.toString())
                        .code())
                .isZero();
    }

    private static String sql(String query) {
        CommandLineRun run = plescope("", "sql", ":memory:", query, "--format", "csv");
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static String ofDatabase(String query) {
        return plescope("", "sql", database.toString(), query, "--format", "csv")
                .out();
    }

    private CommandLineRun export(String... options) {
        List<String> words = new ArrayList<>(List.of("export", database.toString()));
        words.addAll(List.of(options));
        return plescope("", words.toArray(String[]::new));
    }

    @Test
    void parquetReadsBackTheSameByTraceAndVm() throws IOException {
        Path tables = folder.resolve("tables");
        assertThat(export("--parquet", tables.toString()).code()).isZero();
        String sums =
                "SELECT m.name AS vm, i.state::VARCHAR AS state, count(*) AS n, sum(i.end_ns - i.start_ns)::BIGINT AS ns ";
        assertThat(sql("SELECT vm, state, count(*) AS n, sum(end_ns - start_ns)::BIGINT AS ns FROM read_parquet('"
                        + tables
                        + "/vcpu_interval/*/*/*.parquet', hive_partitioning = true) GROUP BY ALL ORDER BY ALL"))
                .isEqualTo(
                        ofDatabase(
                                sums
                                        + "FROM vcpu_interval AS i JOIN vcpu AS v ON v.vcpu = i.vcpu JOIN vm AS m ON m.vm = v.vm GROUP BY ALL ORDER BY ALL"))
                .contains("vm0,GUEST");
        assertThat(sql("SELECT DISTINCT trace FROM read_parquet('" + tables
                        + "/vm/*/*.parquet', hive_partitioning = true)"))
                .isEqualToNormalizingNewlines("trace\nsample\n");
        for (Path file : files(tables)) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII))
                    .isEqualTo("PAR1");
        }
    }

    /** Every reader of Parquet knows these; no decimals, no intervals, no types of DuckDB's own. */
    @Test
    void typesArePlain() {
        Path tables = folder.resolve("tables");
        export("--parquet", tables.toString());
        assertThat(sql("SELECT DISTINCT type || ' ' || coalesce(converted_type, '') AS t FROM parquet_schema('" + tables
                        + "/**/*.parquet') WHERE type IS NOT NULL ORDER BY t"))
                .isEqualToNormalizingNewlines(
                        "t\nBOOLEAN \nBYTE_ARRAY UTF8\nDOUBLE \nINT32 INT_16\nINT32 INT_32\nINT64 INT_64\n");
    }

    @Test
    void everyTableIsExportedWithAllItsRows() {
        Path tables = folder.resolve("tables");
        export("--parquet", tables.toString());
        String names = ofDatabase("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1");
        names.lines().skip(1).forEach(table -> {
            String all = ofDatabase("SELECT count(*) AS n FROM " + table);
            assertThat(sql("SELECT count(*) AS n FROM '" + tables + "/" + table + "/**/*.parquet'"))
                    .as(table)
                    .isEqualTo(all);
        });
    }

    @Test
    void namesOfVmsAreEscapedInFolders() throws IOException {
        Path map = Files.writeString(folder.resolve("map.csv"), "tid,tgid,vm,vcpu\n141,140,../a b/=ü,0\n");
        Path log = Files.writeString(folder.resolve("hostile.txt"), HOSTILE);
        Path tables = folder.resolve("tables");
        CommandLineRun run =
                plescope("", "export", log.toString(), "--threads", map.toString(), "--parquet", tables.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(tables.resolve("vm_exit/trace=hostile/vm=..%2Fa%20b%2F%3D%C3%BC/part-0.parquet"))
                .exists();
        assertThat(sql("SELECT vm FROM read_parquet('" + tables + "/vm_exit/**/*.parquet', hive_partitioning = true)"))
                .isEqualToNormalizingNewlines("vm\n../a b/=ü\n");
    }

    @Test
    void anotherFolderIsNeverReplaced() throws IOException {
        Path tables = folder.resolve("tables");
        assertThat(export("--csv", tables.toString(), "--tables", "vm").code()).isZero();
        CommandLineRun again = export("--csv", tables.toString(), "--tables", "vcpu");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("--force");
        assertThat(tables.resolve("vm.csv")).exists();
        assertThat(export("--csv", tables.toString(), "--tables", "vcpu", "--force")
                        .code())
                .isZero();
        assertThat(files(tables)).containsExactly(tables.resolve("vcpu.csv"));
        Files.writeString(tables.resolve("thesis.doc"), "years of work");
        CommandLineRun foreign = export("--csv", tables.toString(), "--force");
        assertThat(foreign.code()).isEqualTo(3);
        assertThat(foreign.err()).contains("thesis.doc");
        assertThat(tables.resolve("thesis.doc")).exists();
        assertThat(export("--csv", tables.toString(), "--tables", "vcpus").err())
                .contains("'vcpu'");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(tables);
        }
    }

    @Test
    void textTablesGuardSpreadsheetsAndEscape() throws IOException {
        Path csv = folder.resolve("csv");
        Path jsonl = folder.resolve("jsonl");
        CommandLineRun run = plescope(HOSTILE, "export", "-", "--csv", csv.toString(), "--jsonl", jsonl.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(csv.resolve("vcpu.csv")))
                .isEqualToNormalizingNewlines("vcpu,vm,number,tid,comm\n0,0,0,141,\"'=cmd()\"\"'</scri>\"\n");
        JsonNode vcpu = new ObjectMapper().readTree(Files.readString(jsonl.resolve("vcpu.jsonl")));
        assertThat(vcpu.get("comm").asText()).isEqualTo("=cmd()\"'</scri>");
    }

    @Test
    void chromeTracesKeepTheRulesOfTheirFormat() throws IOException {
        Path file = folder.resolve("trace.json.gz");
        assertThat(export("--chrome", file.toString()).code()).isZero();
        List<JsonNode> events = events(file);
        nested(events);
        paired(events);
        // what the tables say is what the trace shows
        assertThat(count(events, "PLE exit")).isEqualTo(number(ofDatabase("SELECT count(*) AS n FROM directed_yield")));
        assertThat(count(events, "SPINNING"))
                .isEqualTo(number(ofDatabase(
                        "SELECT count(*) AS n FROM vcpu_interval WHERE state = 'SPINNING' AND end_ns > start_ns")));
        assertThat(events.stream().map(e -> e.get("ph").asText()).distinct()).contains("M", "X", "i", "C", "s", "f");
    }

    @Test
    void aPartOfAChromeTraceLiesWithinIt() throws IOException {
        Path file = folder.resolve("part.json");
        assertThat(export("--chrome", file.toString(), "--time", "10ms,30ms", "--vm", "vm0")
                        .code())
                .isZero();
        List<JsonNode> events = events(file);
        nested(events);
        paired(events);
        assertThat(events).anyMatch(e -> e.get("name").asText().equals("GUEST"));
        for (JsonNode event : events) {
            // the other VM has a name and no more
            assertThat(event.get("pid").asInt() == 1001
                            && !event.get("ph").asText().equals("M"))
                    .isFalse();
            if (event.has("dur")) {
                assertThat(event.get("ts").asDouble()).isBetween(10_000.0, 30_000.0);
                assertThat(event.get("ts").asDouble() + event.get("dur").asDouble())
                        .isLessThanOrEqualTo(30_000.0);
            }
        }
    }

    @Test
    void hostileNamesStayText() throws IOException {
        Path file = folder.resolve("hostile.json");
        assertThat(plescope(HOSTILE, "export", "-", "--chrome", file.toString()).code())
                .isZero();
        assertThat(events(file)).anyMatch(e -> e.get("name").asText().startsWith("b\\\"\u202e,{"));
        assertThat(Files.readString(file)).doesNotContain("\u202e");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(export().err()).contains("--parquet DIR", "--chrome FILE");
        assertThat(export("--csv", "x", "--time", "1ms,2ms").err()).contains("are for --chrome");
        assertThat(export("--chrome", "x", "--run", "7").err()).contains("unknown run '7'");
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Strictly: a field twice in one object is refused, too. */
    private static List<JsonNode> events(Path file) throws IOException {
        ObjectMapper strict = new ObjectMapper(JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        try (InputStream in = file.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file))
                : Files.newInputStream(file)) {
            List<JsonNode> events = new ArrayList<>();
            strict.readTree(in).get("traceEvents").forEach(events::add);
            return events;
        }
    }

    /** On each track slices begin in order and none crosses the end of the one before. */
    private static void nested(List<JsonNode> events) {
        Map<String, Double> ends = new HashMap<>();
        for (JsonNode event : events) {
            assertThat(event.get("pid").isIntegralNumber() && event.get("tid").isIntegralNumber())
                    .isTrue();
            if (event.get("ph").asText().equals("X")) {
                String track = event.get("pid") + "/" + event.get("tid");
                double begin = event.get("ts").asDouble();
                assertThat(begin).as(track).isGreaterThanOrEqualTo(ends.getOrDefault(track, 0.0) - 0.0005);
                assertThat(event.get("dur").asDouble()).isNotNegative();
                ends.put(track, begin + event.get("dur").asDouble());
            }
        }
        assertThat(ends).isNotEmpty();
    }

    /** Every flow begins once and ends once, no earlier. */
    private static void paired(List<JsonNode> events) {
        Map<String, Double> open = new HashMap<>();
        for (JsonNode event : events) {
            String flow = event.path("cat").asText() + "/" + event.path("id").asText();
            if (event.get("ph").asText().equals("s")) {
                assertThat(open.put(flow, event.get("ts").asDouble())).as(flow).isNull();
            } else if (event.get("ph").asText().equals("f")) {
                assertThat(event.get("bp").asText()).isEqualTo("e");
                assertThat(event.get("ts").asDouble()).isGreaterThanOrEqualTo(open.remove(flow));
            }
        }
        assertThat(open).isEmpty();
    }

    private static long count(List<JsonNode> events, String name) {
        return events.stream().filter(e -> e.get("name").asText().equals(name)).count();
    }

    private static long number(String csv) {
        return Long.parseLong(csv.lines().skip(1).findFirst().orElseThrow().strip());
    }
}
