package plescope.analysis.cli;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import plescope.analysis.store.RemovalAtExit;

/**
 * A text file that is written aside and takes its name when it is whole; closed before that, nothing is left of it. A name that
 * ends in {@code .gz} or {@code .zst} asks for compression.
 */
final class AsideFile implements Closeable {
    private final Path target;
    private final Path aside;
    private final OutputStream stream;
    private final Writer writer;
    private final RemovalAtExit removal;

    AsideFile(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a folder");
        }
        this.target = target;
        this.aside = target.resolveSibling(
                target.getFileName() + ".partial-" + ProcessHandle.current().pid());
        this.removal = RemovalAtExit.of(aside);
        this.stream = packed(Files.newOutputStream(aside), target.toString());
        this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    private static OutputStream packed(OutputStream out, String name) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(out);
        }
        return name.endsWith(".zst") ? new ZstdOutputStream(out) : out;
    }

    Writer writer() {
        return writer;
    }

    /** For text that is bytes already; not to be mixed with {@link #writer}. */
    OutputStream stream() {
        return stream;
    }

    void publish() throws IOException {
        writer.close();
        Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(aside);
        removal.close();
    }
}
