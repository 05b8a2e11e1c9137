package plescope.analysis.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Fuzz target: any bytes as the journal of a sweep. It is refused, or opened; then what was torn off is gone, and opening it once more
 * finds the same replays and changes nothing.
 *
 * <p>A journal begins with its right head where the input begins with an even byte.
 */
public final class JournalFuzz {
    private JournalFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Path file = Files.createTempFile("journal", ".csv");
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if ((input[0] & 1) == 0) {
                open(file);
                bytes.writeBytes(Files.readAllBytes(file));
            }
            bytes.write(input, 1, input.length - 1);
            Files.write(file, bytes.toByteArray());
            int replays;
            try {
                replays = open(file);
            } catch (IOException e) {
                if (e.getMessage() == null || e.getMessage().isBlank()) {
                    throw e;
                }
                return;
            }
            byte[] mended = Files.readAllBytes(file);
            if (mended[mended.length - 1] != '\n') {
                throw new AssertionError("what was torn off is still there");
            }
            if (open(file) != replays || !Arrays.equals(Files.readAllBytes(file), mended)) {
                throw new AssertionError("opened once more it is another journal");
            }
        } finally {
            Files.delete(file);
        }
    }

    private static int open(Path file) throws IOException {
        try (ReplayJournal journal = ReplayJournal.open(file, "plescope 1", "trace 1", Planted.ROSTER)) {
            return journal.size();
        }
    }
}
