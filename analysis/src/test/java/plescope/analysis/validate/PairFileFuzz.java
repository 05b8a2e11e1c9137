package plescope.analysis.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fuzz target: any bytes as a list of recorded pairs, which is read or refused with the row. */
public final class PairFileFuzz {
    private PairFileFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) throws IOException {
        Path file = Files.createTempFile("pairs", ".csv");
        try {
            Files.write(file, text);
            for (Pair pair : PairFile.read(file)) {
                if (!(pair.lowestRatio() <= pair.highestRatio())) {
                    throw new AssertionError(pair.toString());
                }
            }
        } catch (IOException e) {
            if (e.getMessage() == null || e.getMessage().matches("(?s).*: row \\d+: null")) {
                throw e;
            }
        } finally {
            Files.delete(file);
        }
    }
}
