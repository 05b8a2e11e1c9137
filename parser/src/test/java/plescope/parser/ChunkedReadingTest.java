package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One log read by any number of threads in chunks of any size: the same events, summary and findings. */
final class ChunkedReadingTest {
    private static final int[] THREADS = {2, 3, 7};
    private static final int[] CHUNK_BYTES = {1, 64, 4096};

    private static final int MUTATED_LOGS = 60;
    private static final int HOST_LOGS = 400;

    /** Above it a chunk for every line takes minutes and shows nothing that smaller files do not. */
    private static final long SMALL_FILE = 64 << 10;

    static Stream<Path> projectFiles() throws IOException {
        return Stream.concat(CompiledScannerTest.fixtures(), CompiledScannerTest.samples());
    }

    static Stream<Path> realTraces() throws IOException {
        return CompiledScannerTest.realTraces();
    }

    @ParameterizedTest
    @MethodSource({"projectFiles", "realTraces"})
    void everyFileReadsTheSame(Path file) throws IOException {
        Reading one = read(file, Logs.TOLERANT, 1);
        boolean small = Files.size(file) <= SMALL_FILE;
        for (int i = 0; i < THREADS.length; i++) {
            int bytes = small ? CHUNK_BYTES[i] : 4096 << (3 * i);
            Reading many = read(file, Logs.TOLERANT.withThreads(THREADS[i]), bytes);
            assertSame(many, one, file + " in chunks of " + bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("projectFiles")
    void everyFileReadsTheSameWithAnyOptions(Path file) throws IOException {
        ReadOptions strict = new ReadOptions(true, 1.0, 0);
        ReadOptions patient = new ReadOptions(false, 0.0, 1_000_000_000_000L);
        ReadOptions ticks = Logs.TOLERANT.withClockHz(2_500_000_000L).withParser(ParserKind.STOCK);
        for (ReadOptions options : List.of(strict, patient, ticks)) {
            assertSame(read(file, options.withThreads(2), 1000), read(file, options, 1), file + " " + options);
        }
    }

    private static Reading read(Path file, ReadOptions options, int chunkBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Reading.of(in, file.toString(), options, chunkBytes);
        }
    }

    private static void assertSame(Reading many, Reading one, String what) {
        assertThat(many.firstDifference(one))
                .as(what + ": first event that differs")
                .isEqualTo(-1);
        assertThat(many.rest()).as(what).isEqualTo(one.rest());
    }

    @Test
    void mutatedLogsReadTheSame() throws IOException {
        long seed = Long.getLong("seed", 11);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> lines = CompiledScannerTest.fixtureLines();
        for (int round = 0; round < MUTATED_LOGS; round++) {
            byte[] log = CompiledScannerTest.mutatedLog(lines, random);
            int bytes = random.nextInt(1, 1 << random.nextInt(1, 15));
            ReadOptions options = Logs.TOLERANT.withThreads(THREADS[round % THREADS.length]);
            assertSame(
                    Reading.of(new ByteArrayInputStream(log), "log.txt", options, bytes),
                    Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT),
                    "seed " + seed + ", log " + round + ", chunks of " + bytes);
        }
    }

    @Test
    void logsWhoseLinesDependOnEachOtherReadTheSame() throws IOException {
        long seed = Long.getLong("seed", 5);
        SplittableRandom random = new SplittableRandom(seed);
        long again = 0;
        long events = 0;
        for (int round = 0; round < HOST_LOGS; round++) {
            byte[] log = HostLog.of(random, 40 << random.nextInt(5));
            int bytes = 100 << random.nextInt(6);
            ReadOptions options = Logs.TOLERANT.withThreads(THREADS[round % THREADS.length]);
            Reading many = Reading.of(new ByteArrayInputStream(log), "log.txt", options, bytes);
            assertSame(
                    many,
                    Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT),
                    "seed " + seed + ", log " + round + ", chunks of " + bytes);
            again += many.chunksParsedAgain();
            events += many.events();
        }
        assertThat(again).isPositive();
        // most logs are read to their end, or the comparison would mean little
        assertThat(events).isGreaterThan(HOST_LOGS * 100);
    }

    @Test
    void endlessLinesAreCutTheSame() throws IOException {
        String entry = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";
        // a line of 256 KiB is the longest that is looked at; CR and newline do not count
        for (int length : new int[] {(1 << 18) - 1, 1 << 18, (1 << 18) + 1, (1 << 18) + 2, 400_000}) {
            for (String end : List.of("\n", "\r\n", "")) {
                String log = entry + entry + "x".repeat(length) + end + (end.isEmpty() ? "" : entry);
                assertSameInChunks(log.getBytes(StandardCharsets.ISO_8859_1), 1000);
            }
        }
    }

    @Test
    void moreNamesThanAKernelHasAreCountedTheSame() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            log.append(Logs.PERF).append("probe:name_").append(i % 17_000).append(": 1\n");
        }
        assertSameInChunks(log.toString().getBytes(StandardCharsets.ISO_8859_1), 50_000);
    }

    @Test
    void aCompressedLogThatBreaksOffBreaksOffAtTheSameLine() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 3000; i++) {
                gzip.write(line(i % 7, 1000 + i * i % 999_983, "kvm:kvm_entry: vcpu 2, rip 0x10"));
            }
        }
        // the line that breaks off is not damage: strictness must not meet it
        ReadOptions strict = new ReadOptions(true, 1.0, 1_000_000_000);
        for (int cut = 1; cut < 200; cut += 9) {
            byte[] log = Arrays.copyOf(packed.toByteArray(), packed.size() - cut);
            Reading many = Reading.of(new ByteArrayInputStream(log), "log.txt", strict.withThreads(2), 5000);
            assertSame(many, Reading.of(new ByteArrayInputStream(log), "log.txt", strict), "without " + cut + " bytes");
            assertThat(many.rest()).hasSize(1);
        }
    }

    private static void assertSameInChunks(byte[] log, int chunkBytes) throws IOException {
        assertSame(
                Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT.withThreads(3), chunkBytes),
                Reading.of(new ByteArrayInputStream(log), "log.txt", Logs.TOLERANT),
                log.length + " bytes");
    }

    /** Where every chunk had to be parsed twice, the comparisons above would hold for nothing. */
    @Test
    void chunksOfOrderlyLogsAreParsedOnce() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            log.writeBytes(line(i % 7, 1000 + i, "kvm:kvm_entry: vcpu 2, rip 0x10"));
        }
        Reading reading =
                Reading.of(new ByteArrayInputStream(log.toByteArray()), "log.txt", Logs.TOLERANT.withThreads(3), 4096);
        assertThat(reading.events()).isEqualTo(10_000 + 7);
        assertThat(reading.chunksParsedAgain()).isZero();
    }

    private static byte[] line(int vcpu, int microseconds, String event) {
        return String.format(
                        Locale.ROOT,
                        "       CPU %d/KVM %5d [00%d]     3.%06d:  %s%n",
                        vcpu,
                        174 + vcpu,
                        vcpu,
                        microseconds,
                        event)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
