package plescope.analysis.file;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import plescope.parser.input.ZstdLibrary;

/**
 * A text file that takes its name when it is whole, as every {@link PartialFile}; a device or pipe is written to instead. A name that
 * ends in {@code .gz} or {@code .zst} asks for compression.
 */
public final class PartialText implements Closeable {
    /** Null where the target is a device or pipe. */
    private final PartialFile partial;

    private final OutputStream stream;
    private final Writer writer;
    private boolean whole;

    public PartialText(Path target) throws IOException {
        boolean device = Target.isStream(target);
        partial = device ? null : PartialFile.beside(target);
        try {
            OutputStream out = new NamedOutput(device ? device(target) : locked(partial.path()), target);
            stream = packed(out, target.toString());
            writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            if (partial != null) {
                partial.close();
            }
            throw e;
        }
    }

    /** A file behind the name of an open stream has others' text in it. */
    private static OutputStream device(Path target) throws IOException {
        return Files.isRegularFile(target)
                ? Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                : Files.newOutputStream(target, StandardOpenOption.WRITE);
    }

    private static OutputStream locked(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            // Released when the file is closed or the process ends.
            channel.tryLock();
        } catch (IOException e) {
            // Where there are no locks, the process id alone protects the file.
            assert e.getMessage() != null;
        }
        return Channels.newOutputStream(channel);
    }

    private static OutputStream packed(OutputStream out, String name) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(out);
        }
        if (name.endsWith(".zst")) {
            ZstdLibrary.load();
            return new ZstdOutputStream(out);
        }
        return out;
    }

    public Writer writer() {
        return writer;
    }

    /** For text that is bytes already; not to be mixed with {@link #writer}. */
    public OutputStream stream() {
        return stream;
    }

    /** Ends the text and gives the file its name. */
    public void publish() throws IOException {
        writer.close();
        if (partial != null) {
            partial.publish();
        }
        whole = true;
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } catch (IOException e) {
            // A disk that is full is full again; whoever wrote has been told.
            if (whole) {
                throw e;
            }
        } finally {
            if (partial != null) {
                partial.close();
            }
        }
    }
}
