package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fuzz target: any bytes as a thread map, which is read or refused. */
public final class ThreadMapFuzz {
    private ThreadMapFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) throws IOException {
        Path file = Files.createTempFile("threads", ".csv");
        try {
            Files.write(file, text);
            ThreadMapFile.read(file);
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw e;
            }
        } finally {
            Files.delete(file);
        }
    }
}
