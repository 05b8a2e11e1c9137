package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import plescope.parser.event.TraceEvent;

/**
 * Fuzz target: a log in pieces, in a tar archive and in a folder of files per CPU.
 *
 * <p>The first byte chooses how many pieces and how many bytes of the archive are damaged (none: archive and folder must read alike);
 * three bytes make one damage, all others are the log. Damage falls on a member's head as often as on its bytes.
 */
public final class ArchiveFuzz {
    private static final int MOST_MEMBERS = 4;
    private static final int MOST_DAMAGES = 4;
    private static final int BYTES_PER_DAMAGE = 3;
    private static final int BLOCK = 512;

    private ArchiveFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 1 + BYTES_PER_DAMAGE * MOST_DAMAGES) {
            return;
        }
        int choice = input[0] & 0xff;
        int members = 1 + choice % MOST_MEMBERS;
        int damages = choice / MOST_MEMBERS % (MOST_DAMAGES + 1);
        byte[] log = Arrays.copyOfRange(input, 1 + BYTES_PER_DAMAGE * damages, input.length);
        byte[] tar = tar(log, members);
        if (damages == 0) {
            try (TraceReader archive = TraceReader.open(new ByteArrayInputStream(tar), "a.tar", Logs.TOLERANT)) {
                assertThat(events(archive)).isEqualTo(inFolder(log, members));
            } catch (TraceFormatException e) {
                assertThat(inFolder(log, members)).isNull();
            }
            return;
        }
        for (int i = 1; i <= BYTES_PER_DAMAGE * damages; i += BYTES_PER_DAMAGE) {
            int block = (input[i] & 0x7f) % (tar.length / BLOCK);
            int at = (input[i] < 0 ? BLOCK / 2 : 0) + (input[i + 1] & 0xff);
            tar[block * BLOCK + at] = input[i + 2];
        }
        ReaderFuzz.fuzzerTestOneInput(tar);
    }

    private static byte[] part(byte[] log, int i, int of) {
        return Arrays.copyOfRange(log, i * log.length / of, (i + 1) * log.length / of);
    }

    private static String name(int member) {
        return "per_cpu/cpu" + member + "/trace";
    }

    private static byte[] tar(byte[] log, int members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, BLOCK)) {
            for (int i = 0; i < members; i++) {
                byte[] part = part(log, i, members);
                TarArchiveEntry entry = new TarArchiveEntry(name(i));
                entry.setSize(part.length);
                tar.putArchiveEntry(entry);
                tar.write(part);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Null where the folder is refused. */
    private static List<TraceEvent> inFolder(byte[] log, int members) throws IOException {
        Path folder = Files.createTempDirectory("archive");
        try {
            for (int i = 0; i < members; i++) {
                Path file = folder.resolve(name(i));
                Files.createDirectories(file.getParent());
                Files.write(file, part(log, i, members));
            }
            try (TraceReader reader = TraceReader.open(List.of(folder), Logs.TOLERANT)) {
                return events(reader);
            } catch (TraceFormatException e) {
                return null;
            }
        } finally {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static List<TraceEvent> events(TraceReader reader) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        reader.read(events::add);
        return events;
    }
}
