package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.SchedMigrate;
import plescope.parser.event.TraceEvent;
import plescope.parser.text.LineSource;

/** Input made to break a reader: what becomes of it, in little memory and soon. */
final class HostileInputTest {
    private static final String GOOD = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";
    private static final int VARIETY = 100_000;

    private static long count(Logs log, DiagnosticCode code) {
        return log.summary.diagnostics().count(code);
    }

    private static DiagnosticCode refusal(byte[] text) {
        return Logs.refusal(text, ReadOptions.LENIENT).diagnostic().code();
    }

    /** The largest table is that of threads: 2^18 slots of 25 bytes, and half of it while it grows, are 10 MB; a million take 79 MB. */
    @Test
    void endlessVarietyFitsInLittleMemory() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx32m",
                        "-Xmn8m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileLog.class.getName(),
                        Integer.toString(VARIETY))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).hasSize(HostileLog.Variety.values().length);
        assertThat(output).contains("THREADS " + VARIETY, "EVENTS " + VARIETY, "DAMAGE -1", "PROSE -1", "LOSSES 0");
    }

    @Test
    void idsThatNoKernelGivesNameNobody() {
        Logs log = Logs.read(GOOD.replace("  174", "4194305") + GOOD.replace("  174", "4194304"));
        assertThat(log.events()).extracting(TraceEvent::tid).containsExactly(4_194_305, 4_194_304);
        assertThat(log.named()).extracting(TraceEvent::tid).containsExactly(4_194_304);
    }

    /** 32767 is the largest number that a vCPU can have; tables and files hold no larger one. */
    @ParameterizedTest
    @ValueSource(strings = {"32768", "2147483648", "99999999999", "4294967295"})
    void aVcpuThatNoVmHasIsDamageAndUnknown(String vcpu) {
        Logs log = Logs.read(GOOD.replace("vcpu 2", "vcpu 32767") + GOOD.replace("vcpu 2", "vcpu " + vcpu));
        assertThat(log.events()).extracting(event -> ((KvmEntry) event).vcpu()).containsExactly(32_767, -1);
        assertThat(count(log, DiagnosticCode.DAMAGED_PAYLOAD)).isEqualTo(1);
    }

    /** Whoever keeps something per CPU may take the number as an index: kernels have 8192 at most. */
    @ParameterizedTest
    @ValueSource(strings = {"8192", "99999999", "2147483647", "99999999999"})
    void aCpuThatNoKernelHasIsDamageAndUnknown(String cpu) {
        String prefix = GOOD.replace("[001]", "[" + cpu + "]");
        String payload = Logs.PERF + "sched:sched_migrate_task: comm=a pid=7 prio=120 orig_cpu=" + cpu + " dest_cpu="
                + cpu + "\n";
        Logs log = Logs.read(GOOD + prefix + payload);
        assertThat(log.events()).extracting(TraceEvent::pcpu).containsExactly(1, -1, 1);
        SchedMigrate migrated = (SchedMigrate) log.events().get(2);
        assertThat(List.of(migrated.fromPcpu(), migrated.toPcpu())).containsExactly(-1, -1);
        assertThat(count(log, DiagnosticCode.DAMAGED_PREFIX)).isEqualTo(1);
        assertThat(count(log, DiagnosticCode.DAMAGED_PAYLOAD)).as("one line").isEqualTo(1);
    }

    @Test
    void theLastCpuOfTheLargestKernelIsOne() {
        assertThat(Logs.read(GOOD.replace("[001]", "[8191]")).events())
                .extracting(TraceEvent::pcpu)
                .containsExactly(8191);
    }

    @Test
    void aLossOnACpuThatNoKernelHasIsALossOnEvery() {
        assertThat(Logs.read(GOOD + "CPU:2147483647 [LOST 342 EVENTS]\n" + GOOD).events())
                .extracting(TraceEvent::pcpu)
                .containsExactly(1, -1, 1);
    }

    @Test
    void threadsKeepNameAndProcessWhileTheirTableGrows() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            int tid = 5000 + i % 1000;
            text.append("       CPU 3/KVM  ")
                    .append(tid - 1)
                    .append('/')
                    .append(tid)
                    .append("  [001]     3.299988: ");
            text.append("kvm:kvm_entry: vcpu 2\n");
        }
        assertThat(Logs.read(text.toString()).named()).hasSize(1000);
    }

    @Test
    void latencyTimesAreMicroseconds() {
        String line = "   <...>-7       3d..2 1060997931us : sched_wakeup: comm=a pid=7 prio=120 target_cpu=003\n";
        assertThat(Logs.read(line + line.replace("931us", "935us")).events())
                .extracting(TraceEvent::timestampNs)
                .containsExactly(0L, 4000L);
    }

    @Test
    void aLineOfOneGigabyteIsOneFinding() throws IOException {
        InputStream endless = new InputStream() {
            private long left = 1L << 30;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                if (left == 0) {
                    return -1;
                }
                int count = (int) Math.min(length, left);
                java.util.Arrays.fill(buffer, from, from + count, (byte) 'x');
                left -= count;
                return count;
            }
        };
        InputStream log = new java.io.SequenceInputStream(
                new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.ISO_8859_1)), endless);
        try (TraceReader reader = TraceReader.open(log, "log.txt", Logs.TOLERANT)) {
            ReadSummary summary = reader.read(event -> {});
            assertThat(summary.lines()).isEqualTo(2);
            assertThat(summary.diagnostics().count(DiagnosticCode.LINE_TOO_LONG))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void theLongestLineIsTheLastThatIsRead(int more, int tooLong) {
        String padded = "#" + "x".repeat(LineSource.MAX_LINE - 1 + more);
        for (String end : new String[] {"\n", "\r\n"}) {
            assertThat(count(Logs.read(GOOD + padded + end + GOOD), DiagnosticCode.LINE_TOO_LONG))
                    .as(more + end)
                    .isEqualTo(tooLong);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372037.000000",
                "9999999999.999999",
                "18446744073709551616.000000",
                "99999999999999999999999.000000",
                "3.0000000000000000001"
            })
    void aTimeBeyond292YearsIsDamageAndKeepsItsPlace(String time) {
        Logs log = Logs.read(GOOD + GOOD.replace("3.299988", time) + GOOD);
        assertThat(log.events())
                .extracting(event -> event.line() + "@" + event.timestampNs())
                .containsExactly("1@0", "2@0", "3@0");
        assertThat(count(log, DiagnosticCode.DAMAGED_PREFIX)).isEqualTo(1);
    }

    @Test
    void ticksBeyondTheirBitsAreDamageToo() {
        String line =
                "              cc1-1       [001] d..2. TICKS: sched_waking: comm=a pid=1 prio=120 target_cpu=000\n";
        for (String ticks : new String[] {"18446744073709551615", "99999999999999999999999", "9223372036854775807"}) {
            byte[] text =
                    (line.replace("TICKS", "1000") + line.replace("TICKS", ticks)).getBytes(StandardCharsets.UTF_8);
            Logs log = Logs.read(text, Logs.TOLERANT.withClockHz(1));
            assertThat(count(log, DiagnosticCode.DAMAGED_PREFIX)).as(ticks).isEqualTo(1);
            assertThat(log.events()).extracting(TraceEvent::timestampNs).containsExactly(0L, 0L);
        }
    }

    @Test
    void theLastSecondThatFitsIsATime() {
        Logs log = Logs.read(GOOD.replace("3.299988", "9223372035.999999"));
        assertThat(log.summary.firstTimestampNs()).isEqualTo(9_223_372_035_999_999_000L);
        assertThat(count(log, DiagnosticCode.DAMAGED_PREFIX)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void wideTextIsNamedWithTheCommandThatConvertsIt(String charset) {
        for (String mark : new String[] {"", "\ufeff"}) {
            TraceFormatException refusal =
                    Logs.refusal((mark + GOOD.repeat(3)).getBytes(Charset.forName(charset)), ReadOptions.LENIENT);
            assertThat(refusal.diagnostic().message()).contains("UTF-16");
            assertThat(refusal.diagnostic().hint()).contains("iconv -f UTF-16 -t UTF-8 log.txt");
        }
    }

    @Test
    void theMarkBeforeUtf8IsNoPartOfTheFirstLine() {
        assertThat(Logs.read("\ufeff" + GOOD + GOOD).all).isEqualTo(Logs.read(GOOD + GOOD).all);
    }

    /** As after a crash: the file's length was written, its blocks were not. */
    @Test
    void zerosBehindTheLogAreOneDamagedLine() {
        String full = GOOD.repeat(200);
        assertThat(Logs.read(full + "\0".repeat(5000)).events()).hasSize(200);
        Logs log = Logs.read(full + "\0".repeat(2 * LineSource.MAX_LINE));
        assertThat(log.events()).hasSize(200);
        assertThat(count(log, DiagnosticCode.LINE_TOO_LONG)).isEqualTo(1);
    }

    @Test
    void linesEndedByCarriageReturnsAloneAreOneLine() {
        assertThat(refusal(GOOD.repeat(3).replace('\n', '\r').getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(DiagnosticCode.NO_EVENTS);
    }

    @Test
    void aBombIsReadLikeAnyLog() throws IOException {
        byte[] blanks = new byte[1 << 20];
        java.util.Arrays.fill(blanks, (byte) '\n');
        byte[] member = Packing.GZIP.pack(blanks);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(Packing.GZIP.pack(GOOD.getBytes(StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < 16; i++) {
            bomb.writeBytes(member);
        }
        // some 16 KB of a file, 16 MiB of text
        assertThat(bomb.size()).isLessThan(32_000);
        Logs log = Logs.read(bomb.toByteArray(), ReadOptions.LENIENT);
        assertThat(log.summary.lines()).isEqualTo(1 + (16L << 20));
    }

    @Test
    void oneInsideAnotherEndsAfterThree() throws IOException {
        byte[] packed = GOOD.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 3; i++) {
            packed = Packing.GZIP.pack(packed);
        }
        assertThat(Logs.read(packed, ReadOptions.LENIENT).events()).isNotEmpty();
        assertThat(refusal(Packing.GZIP.pack(packed))).isEqualTo(DiagnosticCode.WRONG_FILE);
    }

    @Test
    void aFileThatShrinksOrGrowsIsReadAsFarAsItIsThere(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("log.txt");
        Files.writeString(log, GOOD.repeat(10_000));
        List<TraceEvent> events = read(log, () -> Files.writeString(log, ""));
        assertThat(events).hasSizeBetween(500, 9000);
        Files.writeString(log, GOOD.repeat(10_000));
        assertThat(read(log, () -> Files.writeString(log, GOOD.repeat(7), StandardOpenOption.APPEND)))
                .hasSize(10_007 + 1);
    }

    /** Does something to the file when its first event is passed on. */
    private static List<TraceEvent> read(Path log, IoAction change) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(log, new ReadOptions(false, 1, 0))) {
            reader.read(event -> {
                if (events.isEmpty()) {
                    change.run();
                }
                events.add(event);
            });
        }
        return events;
    }

    private interface IoAction {
        void act() throws IOException;

        default void run() {
            try {
                act();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void devicesPipesAndFoldersAreFilesToo(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(code(Path.of("/dev/null"))).isEqualTo(DiagnosticCode.EMPTY);
        assertThat(code(folder)).isEqualTo(DiagnosticCode.DIRECTORY);
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer =
                new ProcessBuilder("sh", "-c", "printf '%s' \"$1\" > \"$2\"", "sh", GOOD, pipe.toString()).start();
        try (TraceReader reader = TraceReader.open(pipe, ReadOptions.LENIENT)) {
            assertThat(reader.read(event -> {}).eventCount()).isEqualTo(1);
        }
        assertThat(writer.waitFor()).isZero();
    }

    private static DiagnosticCode code(Path file) throws IOException {
        try (TraceReader reader = TraceReader.open(file, ReadOptions.LENIENT)) {
            reader.read(event -> {});
            throw new AssertionError("read " + file);
        } catch (TraceFormatException e) {
            return e.diagnostic().code();
        }
    }
}
