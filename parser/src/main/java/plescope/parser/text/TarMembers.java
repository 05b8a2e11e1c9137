package plescope.parser.text;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.input.TraceInput;
import plescope.parser.input.Unpacked;

/**
 * The logs in a tar archive. All are read at once, so their bytes go to a temporary file first, which has no name any more while it is
 * read. Names of members are names in messages, nothing else: no member is written under its own.
 */
public final class TarMembers implements Closeable {
    /** Headers before a member: a path of Linux has at most 4,096 bytes, an attribute 65,536; the library keeps names of any length. */
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private final FileChannel bytes;
    private final List<LogPart> logs = new ArrayList<>();

    private TarMembers(FileChannel bytes) {
        this.bytes = bytes;
    }

    /** Takes the logs out of an archive. @throws plescope.parser.diagnostic.UnusableInput if it is damaged or holds none */
    public static TarMembers of(InputStream tar, String archive) throws IOException {
        Path file = Files.createTempFile("plescope", ".tar");
        TarMembers members = new TarMembers(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        try {
            members.take(tar, archive);
            if (members.logs.isEmpty()) {
                throw TraceInput.refusal(
                        DiagnosticCode.NO_EVENTS, archive, "no file in this archive is a text log with events");
            }
            return members;
        } catch (IOException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private void take(InputStream in, String archive) throws IOException {
        Headers headers = new Headers(in, archive);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(headers)) {
            TarArchiveEntry entry = next(tar, headers, archive);
            while (entry != null) {
                if (entry.isFile() && !entry.isSparse()) {
                    take(tar, archive, archive + "!" + entry.getName());
                }
                entry = next(tar, headers, archive);
            }
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, Headers headers, String archive) {
        try {
            // The library would read through holes of terabytes; skipping steps over them.
            while (tar.getCurrentEntry() != null && tar.skip(Long.MAX_VALUE) > 0) {}
            headers.begin();
            TarArchiveEntry entry = tar.getNextEntry();
            headers.end();
            return entry;
        } catch (IOException e) {
            throw Unpacked.damaged(archive, e);
        }
    }

    private void take(TarArchiveInputStream tar, String archive, String name) throws IOException {
        long from = bytes.size();
        bytes.position(from);
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                bytes.write(ByteBuffer.wrap(buffer, 0, read));
            }
        } catch (IOException e) {
            throw Unpacked.damaged(archive, e);
        }
        long to = bytes.size();
        LogPart log = LogPart.ofFound(name, () -> new Slice(bytes, from, to));
        if (log != null) {
            logs.add(log);
        }
    }

    /** In the archive's order. */
    public List<LogPart> logs() {
        return List.copyOf(logs);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** The archive's bytes, of which only so many may stand between two members. */
    private static final class Headers extends FilterInputStream {
        private final String archive;
        private long left = Long.MAX_VALUE;

        Headers(InputStream archiveBytes, String archive) {
            super(archiveBytes);
            this.archive = archive;
        }

        void begin() {
            left = MOST_HEADER_BYTES;
        }

        void end() {
            left = Long.MAX_VALUE;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left < length) {
                throw TraceInput.refusal(
                        DiagnosticCode.WRONG_FILE, archive, "a name in this archive is longer than any file's");
            }
            int read = super.read(target, offset, length);
            left -= Math.max(read, 0);
            return read;
        }
    }

    /** A stretch of the temporary file. */
    private static final class Slice extends InputStream {
        private final FileChannel bytes;
        private final long to;
        private long at;

        Slice(FileChannel bytes, long from, long to) {
            this.bytes = bytes;
            this.to = to;
            at = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at == to) {
                return -1;
            }
            int wanted = (int) Math.min(length, to - at);
            int read = bytes.read(ByteBuffer.wrap(target, offset, wanted), at);
            at += Math.max(read, 0);
            return read;
        }
    }
}
