package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.analysis.recording.RecordingSourcesTest.plescope;
import static plescope.analysis.recording.RecordingSourcesTest.replayed;
import static plescope.analysis.recording.RecordingSourcesTest.sample;
import static plescope.analysis.recording.RecordingSourcesTest.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.store.RecordedTrace;
import plescope.analysis.store.ScheduleReader;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinPlace;
import plescope.replay.timeline.ThreadMap;
import plescope.replay.whatif.Recording.SpinEvidence;

/** Recordings without PLE exits survive the database and the workload file: sleeps, and what samples tell of spinning. */
final class SilentRecordingsTest {
    @TempDir
    private Path folder;

    private Path database;
    private Path work;

    @BeforeEach
    void files() {
        database = folder.resolve("trace.duckdb");
        work = folder.resolve("work.plescope");
    }

    private static SourcedRecording read(Path file, TimeWindow window, GuestSymbols symbols) throws IOException {
        try (RecordingInput input = RecordingInput.open(file)) {
            return new RecordingReader(ReadOptions.LENIENT, ThreadMap.EMPTY, symbols, null).read(input, window);
        }
    }

    private static SourcedRecording read(Path file) throws IOException {
        return read(file, TimeWindow.ALL, GuestSymbols.NONE);
    }

    @Test
    void sleepsStaySleepsInEverySource() throws IOException {
        Path log = Files.writeString(folder.resolve("sleeper.txt"), SleeperLog.of(101));
        assertThat(plescope("read", log.toString(), "-o", database.toString())).isZero();
        assertThat(plescope("extract", database.toString(), "-o", work.toString()))
                .isZero();
        SourcedRecording fromLog = read(log);
        // 101 rounds, of which the last halt has no end. Armed at 1 ms, halted 10 us later, rung at 10 ms: 8990 us.
        assertThat(text(fromLog).stream().filter("  halt for 8990000"::equals)).hasSize(100);
        for (Path copy : List.of(database, work)) {
            assertThat(text(read(copy))).isEqualTo(text(fromLog));
            assertThat(replayed(read(copy).recording()))
                    .isEqualTo(replayed(fromLog.recording()))
                    .hasSizeGreaterThan(100);
        }
    }

    @Test
    void whatWokeASleeperIsInTheDatabase() throws IOException {
        Path log = Files.writeString(folder.resolve("sleeper.txt"), SleeperLog.of(20));
        List<String> told = new ArrayList<>();
        LogReader logs = new LogReader(ReadOptions.LENIENT, ThreadMap.EMPTY, GuestSymbols.NONE);
        try (TraceReader reader = TraceReader.open(log, ReadOptions.LENIENT)) {
            logs.read(reader, new RowTexts(told));
        }
        assertThat(plescope("read", log.toString(), "-o", database.toString())).isZero();
        List<String> stored = new ArrayList<>();
        try (ScheduleReader reader = ScheduleReader.open(database)) {
            reader.tell(new RowTexts(stored));
        }
        Collections.sort(told);
        Collections.sort(stored);
        assertThat(stored).isEqualTo(told);
        assertThat(stored.stream().filter(row -> row.startsWith("timer 0 "))).hasSize(20);
        assertThat(stored.stream().filter(row -> row.startsWith("WakeEdge["))).hasSize(19);
    }

    @Test
    void aPartKeepsItsSleepsAndTheOneItBeginsIn() throws IOException {
        Path log = Files.writeString(folder.resolve("sleeper.txt"), SleeperLog.of(101));
        assertThat(plescope("read", log.toString(), "-o", database.toString())).isZero();
        // From 505 ms, in the middle of a sleep that ends at 510 ms, to 605 ms, in the middle of another.
        TimeWindow window = TimeWindow.parse("505ms,605ms");
        List<String> cut = text(read(log, window, GuestSymbols.NONE));
        assertThat(text(read(database, window, GuestSymbols.NONE))).isEqualTo(cut);
        List<String> halts =
                cut.stream().filter(line -> line.startsWith("  halt")).toList();
        assertThat(halts).hasSize(11);
        // The clock counts from the first entry, 5 us into the first round, so the first sleep lasts 4995 us on.
        assertThat(halts.get(0)).isEqualTo("  halt for 4995000");
        assertThat(halts.subList(1, 10)).containsOnly("  halt for 8990000");
        // It halts 601.005 ms into the log; the part ends at 605 ms.
        assertThat(halts.get(10)).isEqualTo("  halt for 3995000");
    }

    @Test
    void whatSamplesTellOfSpinningNeedsNoSymbolsTwice() throws IOException {
        Path log = folder.resolve("silent.txt");
        Path map = folder.resolve("System.map");
        Path scenario = sample("scenarios/convoy.scenario");
        assertThat(plescope(
                        "synthesize",
                        scenario.toString(),
                        "--setting",
                        "cfs-6.1+no-ple",
                        "--span",
                        "100ms",
                        "-o",
                        log.toString(),
                        "--symbols",
                        map.toString()))
                .isZero();
        assertThat(plescope("read", log.toString(), "--symbols", map.toString(), "-o", database.toString()))
                .isZero();
        assertThat(plescope("extract", database.toString(), "-o", work.toString()))
                .isZero();
        SourcedRecording fromLog = read(
                log,
                TimeWindow.ALL,
                GuestSymbols.parse(GuestSymbols.EVERY_VM, Files.readString(map).lines()));
        assertThat(fromLog.recording().spin()).isEqualTo(SpinEvidence.SAMPLED);
        assertThat(read(log).recording().spinReason())
                .isNotEqualTo(fromLog.recording().spinReason());
        for (Path copy : List.of(database, work)) {
            assertThat(text(read(copy))).isEqualTo(text(fromLog));
            assertThat(read(copy).recording().spinReason())
                    .isEqualTo(fromLog.recording().spinReason())
                    .contains("samples of host interrupts");
        }
    }

    @Test
    void namedSpinCodeStaysWithTheDatabase() throws IOException {
        Path log = Files.writeString(folder.resolve("sleeper.txt"), SleeperLog.of(3));
        Path code = Files.writeString(
                folder.resolve("spin.csv"),
                "vm,from,to,kind,unit_ps\nvm0,ffffffff81000080,ffffffff810000b8,lock,21700\n");
        assertThat(plescope("read", log.toString(), "--spin-code", code.toString(), "-o", database.toString()))
                .isZero();
        try (ScheduleReader reader = ScheduleReader.open(database)) {
            RecordedTrace trace = reader.trace();
            assertThat(trace.symbols().spinCode())
                    .containsExactly(new SpinPlace.Range(
                            "vm0", 0xffff_ffff_8100_0080L, 0xffff_ffff_8100_00b8L, SpinPlace.Kind.LOCK, 21_700));
        }
    }
}
