package plescope.parser.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import plescope.parser.input.TraceInput;

/**
 * A text that is, or is a part of, a recording: a file, a member of an archive, standard input.
 *
 * @param name as it stands in messages
 * @param text unpacked
 */
public record LogPart(String name, InputStream text) {
    /** Lines looked at for an event; perf's longest head has some hundred. */
    private static final int LINES_TO_PROBE = 4096;

    /** Something that may be a text, found in a folder or an archive. */
    interface Found {
        InputStream open() throws IOException;
    }

    /** The part, if it is a text with an event near its beginning; null for all else that may lie beside logs, archives among it. */
    static LogPart ofFound(String name, Found found) throws IOException {
        try (InputStream in = found.open();
                InputStream text = TraceInput.textOrNull(in, name)) {
            if (text == null || TraceInput.isArchive(text) || !hasEvent(text)) {
                return null;
            }
        }
        return new LogPart(name, new BufferedInputStream(TraceInput.text(found.open(), name)));
    }

    private static boolean hasEvent(InputStream text) throws IOException {
        LineSource lines = new LineSource(text, LineSource.SMALL_CHUNK);
        LineClock clock = new LineClock();
        for (int i = 0; i < LINES_TO_PROBE && lines.next(); i++) {
            if (!lines.isTooLong() && clock.of(lines.buffer(), lines.start(), lines.end()) != LineClock.NONE) {
                return true;
            }
        }
        return false;
    }
}
