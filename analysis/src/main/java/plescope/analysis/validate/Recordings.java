package plescope.analysis.validate;

import java.io.IOException;
import java.nio.file.Path;
import plescope.replay.whatif.Recording;

/** Reads recordings, however they are kept. */
@FunctionalInterface
public interface Recordings {
    /**
     * Reads one.
     *
     * @param name as the pair gives it, for what depends on it, such as symbols
     */
    Recording read(String name, Path file) throws IOException;
}
