package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import plescope.parser.diagnostic.DiagnosticCode;

/** Archives made to cost memory, time or files: only logs are taken out of them, by their content. */
final class HostileArchiveTest {
    private static final byte[] LOG =
            "       CPU 0/KVM-7     [000] ....     3.000100: kvm_entry: vcpu 0\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Writes members, and the end of the archive. */
    private interface Members {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private byte[] archive(Members members) throws IOException {
        bytes.reset();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            members.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static List<String> logs(byte[] archive) throws IOException {
        try (TraceReader reader = TraceReader.open(new ByteArrayInputStream(archive), "a.tar", Logs.TOLERANT)) {
            return reader.read(event -> {}).files();
        }
    }

    private static void assertRefused(byte[] archive, DiagnosticCode code) {
        assertThatThrownBy(() -> logs(archive)).isInstanceOfSatisfying(TraceFormatException.class, e -> assertThat(
                        e.diagnostic().code())
                .isEqualTo(code));
    }

    @Test
    void linksAndDevicesAreNoLogs() throws IOException {
        assertThat(logs(archive(tar -> {
                    for (byte type : new byte[] {
                        TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
                    }) {
                        TarArchiveEntry entry = new TarArchiveEntry("special" + type, type);
                        entry.setLinkName("/etc/passwd");
                        add(tar, entry, new byte[0]);
                    }
                    add(tar, new TarArchiveEntry("log"), LOG);
                })))
                .containsExactly("a.tar!log");
    }

    @Test
    void anArchiveInAnArchiveIsLeftOut() throws IOException {
        byte[] inner = archive(tar -> add(tar, new TarArchiveEntry("inner"), LOG));
        byte[] outer = archive(tar -> {
            add(tar, new TarArchiveEntry("inner.tar"), inner);
            add(tar, new TarArchiveEntry("log"), LOG);
        });
        assertThat(logs(outer)).containsExactly("a.tar!log");
        assertRefused(archive(tar -> add(tar, new TarArchiveEntry("inner.tar"), inner)), DiagnosticCode.NO_EVENTS);
    }

    /** As GNU tar writes a name too long for its field: the content of a member before the one it names. */
    private byte[] named(String name) throws IOException {
        return archive(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            add(tar, entry, name.getBytes(StandardCharsets.ISO_8859_1));
            add(tar, new TarArchiveEntry("short"), LOG);
        });
    }

    /** Linux knows paths of 4,096 bytes; headers before a member may take 1 MiB. */
    @Test
    void aNameMayBeLongButNotEndless() throws IOException {
        String name = "n".repeat(4095);
        assertThat(logs(named(name))).containsExactly("a.tar!" + name);
        assertRefused(named("n".repeat(1 << 20)), DiagnosticCode.WRONG_FILE);
    }

    @Test
    void twentyThousandMembersCostWhatTheLogsAmongThemCost() throws IOException {
        List<String> names = logs(archive(tar -> {
            for (int i = 0; i < 20_000; i++) {
                add(tar, new TarArchiveEntry("empty" + i), new byte[0]);
            }
            add(tar, new TarArchiveEntry("log"), LOG);
        }));
        assertThat(names).containsExactly("a.tar!log");
    }

    /** A member of old GNU tar: one byte, and a hole of 8 GB before it. Reading through a thousand of them would take hours. */
    private static byte[] hole() {
        TarArchiveEntry entry = new TarArchiveEntry("hole", TarConstants.LF_GNUTYPE_SPARSE);
        entry.setSize(1);
        byte[] header = new byte[1024];
        entry.writeEntryHeader(header);
        System.arraycopy("ustar  \0".getBytes(StandardCharsets.ISO_8859_1), 0, header, 257, 8);
        Arrays.fill(header, 345, 512, (byte) 0);
        long end = (8L << 30) - 2;
        octal(header, 386, end);
        octal(header, 398, 1);
        octal(header, 483, end + 1);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xff;
        }
        byte[] text = String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, header, 148, text.length);
        return header;
    }

    private static void octal(byte[] header, int at, long value) {
        byte[] text = String.format(Locale.ROOT, "%011o\0", value).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, header, at, text.length);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void holesOfTerabytesAreSteppedOver() throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            parts.add(hole());
        }
        parts.add(archive(tar -> add(tar, new TarArchiveEntry("log"), LOG)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        assertThat(logs(all.toByteArray())).containsExactly("a.tar!log");
    }
}
