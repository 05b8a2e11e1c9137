package plescope.parser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a plain log once in one of the {@link Rung}s and prints how many lines it has: start, warm-up and all, as the rival of whole commands.
 *
 * <p>Arguments: a rung and a log.
 */
public final class ReadOnce {
    private ReadOnce() {}

    public static void main(String[] args) throws IOException {
        long[] checksum = {0};
        long lines = Rung.valueOf(args[0])
                .read(Files.readAllBytes(Path.of(args[1])), event -> checksum[0] += event.timestampNs());
        System.out.println("read " + lines + " lines, checksum " + checksum[0]);
    }
}
