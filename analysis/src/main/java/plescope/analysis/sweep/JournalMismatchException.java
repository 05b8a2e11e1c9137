package plescope.analysis.sweep;

import java.io.IOException;
import java.nio.file.Path;

/** A journal that belongs to another recording, another build of plescope, or is none. */
public final class JournalMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalMismatchException(Path journal, String why) {
        super(journal + " cannot be continued: " + why + "; write elsewhere, or remove it to start over");
    }
}
