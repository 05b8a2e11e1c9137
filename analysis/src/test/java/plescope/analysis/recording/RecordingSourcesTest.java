package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.analysis.cli.Main;
import plescope.analysis.store.ScheduleReader;
import plescope.analysis.store.StoreException;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.model.Origin;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SelectiveSink;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.policy.Setting;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.Experiment;
import plescope.replay.whatif.Recording;
import plescope.replay.workload.text.WorkloadFile;
import plescope.replay.workload.text.WorkloadWriter;

/** A recording is the same, whether its log, the database made of it, or the workload extracted from it is read. */
final class RecordingSourcesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("plescope.root")).toAbsolutePath();
    private static final RecordingReader READER =
            new RecordingReader(ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE, null);

    @TempDir
    private Path folder;

    static Path sample(String name) {
        return ROOT.resolve("samples").resolve(name);
    }

    private static SourcedRecording read(Path file, TimeWindow window) throws IOException {
        try (RecordingInput input = RecordingInput.open(file)) {
            return READER.read(input, window);
        }
    }

    static List<String> text(SourcedRecording recording) {
        List<String> lines = new ArrayList<>();
        WorkloadWriter.write(RecordingText.file(recording, 0), lines::add);
        return lines.stream().filter(line -> !line.startsWith("source ")).toList();
    }

    static List<String> replayed(Recording recording) {
        List<String> rows = new ArrayList<>();
        Experiment identity = new Experiment(
                recording.work().draw(0),
                recording.host().model(),
                Setting.parse(recording.host().setting().setting()));
        identity.run(7, new RowTexts(rows));
        return rows;
    }

    static int plescope(String... words) {
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());
        return Main.run(words, InputStream.nullInputStream(), quiet, quiet, 200);
    }

    private Path database(Path log) {
        Path database = folder.resolve("trace.duckdb");
        assertThat(plescope("read", log.toString(), "-o", database.toString())).isZero();
        return database;
    }

    private Path workload(String... words) {
        Path file = folder.resolve("work.plescope.gz");
        List<String> line = new ArrayList<>(List.of("extract"));
        line.addAll(List.of(words));
        line.addAll(List.of("-o", file.toString()));
        assertThat(plescope(line.toArray(String[]::new))).isZero();
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synthetic-convoy/trace.txt.zst",
                "linux-guests-trace-cmd/trace.txt.gz",
                "ticket-lock-ftrace/trace.txt.zst",
                "slides-ple/block-1.txt"
            })
    void allThreeSourcesGiveTheSameWorkMachineMeasuresAndReplay(String name) throws IOException {
        Path log = sample(name);
        SourcedRecording fromLog = read(log, TimeWindow.ALL);
        List<String> expected = text(fromLog);
        List<String> rows = replayed(fromLog.recording());

        SourcedRecording fromDatabase = read(database(log), TimeWindow.ALL);
        assertThat(text(fromDatabase)).isEqualTo(expected);
        assertThat(replayed(fromDatabase.recording())).isEqualTo(rows);

        SourcedRecording fromFile = read(workload(log.toString()), TimeWindow.ALL);
        assertThat(text(fromFile)).isEqualTo(expected);
        assertThat(fromFile.recording().measured()).isNotNull();
        assertThat(replayed(fromFile.recording())).isEqualTo(rows).hasSizeGreaterThan(10);
    }

    @Test
    void aPartOfALogIsThePartOfItsDatabase() throws IOException {
        Path log = sample("synthetic-convoy/trace.txt.zst");
        TimeWindow second = TimeWindow.parse("10%/2");
        SourcedRecording cut = read(log, second);
        assertThat(text(read(database(log), second))).isEqualTo(text(cut));
        long whole = read(log, TimeWindow.ALL).recording().work().draw(0).spanNs();
        long part = cut.recording().work().draw(0).spanNs();
        // The second tenth: from a tenth to two tenths of the span, each rounded down.
        assertThat(part).isEqualTo(whole * 20 / 100 - whole * 10 / 100);
        assertThat(cut.opened()).isPositive();
        assertThat(replayed(cut.recording())).isNotEmpty();
    }

    @Test
    void anAnonymousFileHoldsNoNamesAndTheSameReplay() throws IOException {
        Path log = sample("linux-guests-trace-cmd/trace.txt.gz");
        SourcedRecording named = read(log, TimeWindow.ALL);
        SourcedRecording nameless = read(workload(log.toString(), "--anonymise"), TimeWindow.ALL);
        assertThat(replayed(nameless.recording())).isEqualTo(replayed(named.recording()));
        WorkloadFile file = RecordingText.file(nameless, 0);
        assertThat(file.work().roster().threads())
                .allMatch(thread -> thread.comm().equals("thread"));
        assertThat(named.recording().roster().threads())
                .anyMatch(thread -> !thread.comm().equals("thread"));
    }

    @Test
    void aSelectedVmKeepsItsStepsUnderNewNumbers() throws IOException {
        Path log = sample("linux-guests-trace-cmd/trace.txt.gz");
        Recording both = read(log, TimeWindow.ALL).recording();
        Recording one =
                read(workload(log.toString(), "--vm", "vm1"), TimeWindow.ALL).recording();
        assertThat(one.roster().vms()).hasSize(1);
        assertThat(one.measured()).isNull();
        List<Integer> kept = both.roster().vcpus().stream()
                .filter(vcpu -> vcpu.vm() == 1)
                .map(vcpu -> vcpu.index())
                .toList();
        assertThat(one.roster().vcpus()).hasSameSizeAs(kept);
        for (int v = 0; v < kept.size(); v++) {
            assertThat(one.work().draw(0).work(v).totalWorkNs())
                    .isEqualTo(both.work().draw(0).work(kept.get(v)).totalWorkNs());
        }
        assertThat(replayed(one)).isNotEmpty();
    }

    @Test
    void aFileExtractedFromAFileIsTheSame() throws IOException {
        Path first = workload(sample("synthetic-convoy/trace.txt.zst").toString());
        Path second = folder.resolve("again.txt");
        assertThat(plescope("extract", first.toString(), "-o", second.toString()))
                .isZero();
        assertThat(text(read(second, TimeWindow.ALL))).isEqualTo(text(read(first, TimeWindow.ALL)));
        assertThat(Files.readString(second)).startsWith("plescope-workload 1\n");
    }

    @Test
    void anEditedFileReplaysFromTheCommandLine() throws IOException {
        Path file = folder.resolve("work.txt");
        assertThat(plescope("extract", sample("synthetic-convoy/trace.txt.zst").toString(), "-o", file.toString()))
                .isZero();
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("host pause_exit_ns \\d+", "host pause_exit_ns 123456"));
        assertThat(read(file, TimeWindow.ALL).recording().host().model().costs().pauseExitNs())
                .isEqualTo(123_456);
        String database = folder.resolve("replays.duckdb").toString();
        assertThat(plescope("replay", file.toString(), "-o", database, "--setting", "cfs-6.1+no-ple"))
                .isZero();
        assertThat(plescope("report", "what-if", "-i", database)).isZero();
        Files.writeString(file, text.replaceFirst("compute \\d+", "compute much"));
        // 3: the input cannot be used.
        assertThat(plescope("replay", file.toString(), "-o", database)).isEqualTo(3);
    }

    @Test
    void replaysOfADatabaseHoldItsRecordedSchedule() {
        Path log = sample("synthetic-convoy/trace.txt.zst");
        Path recorded = database(log);
        String replays = folder.resolve("replays.duckdb").toString();
        // 2: replays must not replace what they are made of.
        assertThat(plescope("replay", recorded.toString(), "-o", recorded.toString()))
                .isEqualTo(2);
        assertThat(plescope("replay", recorded.toString(), "-o", replays, "--setting", "cfs-6.1+no-ple"))
                .isZero();
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        tell(recorded, before);
        tell(Path.of(replays), after);
        assertThat(after).isEqualTo(before).isNotEmpty();
    }

    @Test
    void everyRowOfALogIsInItsDatabase() throws IOException {
        Path log = sample("linux-guests-trace-cmd/trace.txt.gz");
        List<String> told = new ArrayList<>();
        LogReader logs = new LogReader(ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE);
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            logs.read(reader, new RowTexts(told));
        }
        List<String> stored = new ArrayList<>();
        tell(database(log), stored);
        // The order between vCPUs is free.
        Collections.sort(told);
        Collections.sort(stored);
        assertThat(stored).isEqualTo(told);
        assertThat(stored)
                .anyMatch(row -> row.startsWith("timer "))
                .anyMatch(row -> row.startsWith("DirectedYield[") && !row.contains("target=-1"))
                .anyMatch(row -> row.contains("Receiver["))
                .anyMatch(row -> row.contains("fifo=0."))
                .anyMatch(row -> row.contains("Residual[") && !row.contains("fromNs=-1"));
    }

    private static void tell(Path database, List<String> rows) {
        try (ScheduleReader reader = ScheduleReader.open(database)) {
            reader.tell(new RowTexts(rows));
        }
    }

    @Test
    void anotherDuckDbFileIsRefusedWithAHint() throws Exception {
        Path fake = folder.resolve("fake.duckdb");
        Files.write(fake, "01234567DUCK and no more".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> read(fake, TimeWindow.ALL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a readable DuckDB database");
        Path older = database(sample("slides-ple/block-1.txt"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + older);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE schema_version SET version = version - 1");
        }
        assertThatThrownBy(() -> read(older, TimeWindow.ALL))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("read the log again: plescope read TRACE -o");
    }

    @Test
    void aReadingThatDoesNotFitIntoMemoryIsRefusedBeforeItFillsIt() {
        List<VcpuInterval> passed = new ArrayList<>();
        ScheduleSink out = new SelectiveSink() {
            @Override
            public void interval(VcpuInterval interval) {
                passed.add(interval);
            }
        };
        BoundedSink bound = new BoundedSink(2, out, (rows, timeNs) -> {
            throw new RecordingTooLongException(rows, timeNs);
        });
        VcpuInterval interval = new VcpuInterval(0, VcpuState.GUEST, 0, 0, 5_000_000, Origin.RECORDED);
        bound.interval(interval);
        bound.interval(interval);
        assertThatThrownBy(() -> bound.interval(interval))
                .isInstanceOf(RecordingTooLongException.class)
                .hasMessageContaining("3 rows in the first 5 ms")
                .hasMessageContaining("--time");
        // Whoever goes on all the same is heard no more.
        bound.interval(interval);
        assertThat(passed).hasSize(2);
    }
}
