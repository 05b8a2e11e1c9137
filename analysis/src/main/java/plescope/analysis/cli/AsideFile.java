package plescope.analysis.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that is written aside and takes its name when it is whole; closed before that, nothing is left of it. */
final class AsideFile implements Closeable {
    private final Path target;
    private final Path aside;
    private final Writer writer;

    AsideFile(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a folder");
        }
        this.target = target;
        this.aside = target.resolveSibling(
                target.getFileName() + ".partial-" + ProcessHandle.current().pid());
        this.writer = Files.newBufferedWriter(aside, StandardCharsets.UTF_8);
    }

    Writer writer() {
        return writer;
    }

    void publish() throws IOException {
        writer.close();
        Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(aside);
    }
}
