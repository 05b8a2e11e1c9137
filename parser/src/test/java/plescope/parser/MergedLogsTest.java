package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.EventKind;
import plescope.parser.event.TraceEvent;

/** Several logs of one recording, from files, folders and archives, are one log in the order of their clock. */
final class MergedLogsTest {
    private static final String HEAD = "# tracer: nop\n#\n";

    @TempDir
    Path folder;

    private final List<TraceEvent> events = new ArrayList<>();

    private static String entry(int pcpu, int tid, int microseconds) {
        return String.format(
                Locale.ROOT,
                "       CPU 0/KVM-%d     [00%d] ....     3.%06d: kvm_entry: vcpu 0%n",
                tid,
                pcpu,
                microseconds);
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ReadSummary read(Path... logs) throws IOException {
        try (TraceReader reader = TraceReader.open(List.of(logs), Logs.TOLERANT)) {
            return reader.read(this::keep);
        }
    }

    private ReadSummary read(byte[] log, String name) throws IOException {
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(log), name, Logs.TOLERANT)) {
            return reader.read(this::keep);
        }
    }

    private void keep(TraceEvent event) {
        if (event.kind() == EventKind.KVM_ENTRY) {
            events.add(event);
        }
    }

    private List<Long> times() {
        return events.stream().map(TraceEvent::timestampNs).toList();
    }

    private List<Long> lines() {
        return events.stream().map(TraceEvent::line).toList();
    }

    @Test
    void linesOfTwoFilesAreInOrderAndTellTheirFile() throws IOException {
        Path a = file("a.txt", HEAD + entry(0, 7, 100) + entry(0, 7, 300));
        Path b = file("b.txt", entry(1, 8, 50) + "CPU:1 [LOST 3 EVENTS]\n" + entry(1, 8, 200));
        ReadSummary summary = read(a, b);
        // 3.000050 is the first of both
        assertThat(times()).containsExactly(0L, 50_000L, 150_000L, 250_000L);
        assertThat(lines()).containsExactly(ReadSummary.FILE_STEP + 1, 3L, ReadSummary.FILE_STEP + 3, 4L);
        assertThat(summary.files()).containsExactly(a.toString(), b.toString());
        assertThat(summary.lines()).isEqualTo(7);
        assertThat(summary.lostEvents()).isEqualTo(3);
        assertThat(summary.diagnostics().kept()).extracting(Diagnostic::file).containsExactly(b.toString());
        assertThat(summary.diagnostics().kept()).extracting(Diagnostic::line).containsExactly(2L);
    }

    @Test
    void aThreadIsNamedOnceWhereverItRan() throws IOException {
        Path a = file("a.txt", entry(0, 7, 100) + entry(0, 7, 300));
        Path b = file("b.txt", entry(1, 7, 200));
        try (TraceReader reader = TraceReader.open(List.of(a, b), Logs.TOLERANT)) {
            reader.read(events::add);
        }
        assertThat(events)
                .filteredOn(event -> event.kind() == EventKind.THREAD_NAMED)
                .hasSize(1);
    }

    @Test
    void logsWithoutCommonTimeAreReadAndSaidToBe() throws IOException {
        Path a = file("a.txt", entry(0, 7, 100) + entry(0, 7, 300));
        Path b = file("b.txt", entry(1, 8, 250_300));
        ReadSummary summary = read(b, a);
        assertThat(times()).containsExactly(0L, 200_000L, 250_200_000L);
        assertThat(summary.diagnostics().kept())
                .extracting(Diagnostic::code, Diagnostic::message)
                .containsExactly(tuple(DiagnosticCode.SEPARATE_LOGS, b + " begins 250 ms after " + a + " ended"));
        assertThat(read(a, a).diagnostics().kept()).isEmpty();
    }

    @Test
    void perCpuFoldersAreReadWithoutTheirIdleCpus() throws IOException {
        file("tracing/per_cpu/cpu0/trace", HEAD);
        file("tracing/per_cpu/cpu2/stats", "entries: 2\n");
        Path two = file("tracing/per_cpu/cpu2/trace", HEAD + entry(2, 7, 100));
        Path ten = file("tracing/per_cpu/cpu10/trace", HEAD + entry(3, 8, 50));
        assertThat(read(folder.resolve("tracing")).files()).containsExactly(two.toString(), ten.toString());
        assertThat(times()).containsExactly(0L, 50_000L);
        assertThatThrownBy(() -> read(folder)).isInstanceOfSatisfying(TraceFormatException.class, e -> assertThat(
                        e.diagnostic().code())
                .isEqualTo(DiagnosticCode.DIRECTORY));
    }

    private static byte[] tar(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[i], true);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void membersOfAnArchiveAreKnownByContentAndTheirNamesAreOnlyNames() throws IOException {
        String packed =
                new String(gzip(entry(1, 8, 50).getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
        byte[] archive = tar(
                "/tmp/cpu0",
                HEAD + entry(0, 7, 100),
                "../../cpu1",
                packed,
                "notes",
                "no trace\n",
                "empty",
                "",
                "bin",
                "\0\0\0");
        ReadSummary summary = read(gzip(archive), "a.tgz");
        assertThat(summary.files()).containsExactly("a.tgz!/tmp/cpu0", "a.tgz!../../cpu1");
        assertThat(times()).containsExactly(0L, 50_000L);
        assertThat(lines()).containsExactly(ReadSummary.FILE_STEP + 1, 3L);
    }

    @Test
    void anArchiveWithOneLogIsThatLog() throws IOException {
        assertThat(read(tar("x/trace.txt", entry(0, 7, 100)), "a.tar").files()).containsExactly("a.tar!x/trace.txt");
        assertThat(lines()).containsExactly(1L);
    }

    @Test
    void damagedAndUselessArchivesAreRefusedByName() throws IOException {
        byte[] archive = tar("cpu0", entry(0, 7, 100).repeat(40), "notes", "no trace\n");
        assertRefused(Arrays.copyOf(archive, 1024), DiagnosticCode.TRUNCATED);
        assertRefused(tar("notes", "no trace\n"), DiagnosticCode.NO_EVENTS);
    }

    private void assertRefused(byte[] archive, DiagnosticCode code) {
        assertThatThrownBy(() -> read(archive, "a.tar")).isInstanceOfSatisfying(TraceFormatException.class, e -> {
            assertThat(e.diagnostic().code()).isEqualTo(code);
            assertThat(e.diagnostic().file()).isEqualTo("a.tar");
        });
    }
}
