package plescope.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.parser.diagnostic.Severity;
import plescope.parser.diagnostic.UnusableInput;

/** Turns what is wrong with the current line into diagnostics; under {@code strict} the first ERROR ends the reading. */
final class Findings {
    /** Bytes of a line kept in a diagnostic: more than any event, less than a damaged megabyte. */
    private static final int TEXT_LIMIT = 1024;

    private final List<String> files;
    private final boolean strict;
    private final LineBytes line;
    private final DiagnosticLog log = new DiagnosticLog();
    private String file;
    private long number;

    Findings(List<String> files, boolean strict, LineBytes line) {
        this.files = files;
        file = files.get(0);
        this.strict = strict;
        this.line = line;
    }

    /** Goes to a line; its number tells the file too. */
    void startLine(long lineNumber) {
        number = lineNumber % MergedLines.FILE_STEP;
        file = files.get((int) (lineNumber / MergedLines.FILE_STEP));
    }

    DiagnosticLog log() {
        return log;
    }

    /** True if making a message for this code is worth it; otherwise {@link #tally}. */
    boolean wants(DiagnosticCode code) {
        return (strict && code.severity() == Severity.ERROR) || log.wants(code);
    }

    void tally(DiagnosticCode code) {
        log.tally(code);
    }

    /** A finding at a byte of the current line, -1 for the line as a whole. */
    void report(DiagnosticCode code, int byteIndex, String message) {
        Diagnostic diagnostic = diagnostic(code, byteIndex, message);
        log.add(diagnostic);
        if (strict && code.severity() == Severity.ERROR) {
            throw new UnusableInput(diagnostic);
        }
    }

    /** Reports if the message may be kept, else only counts. */
    void note(DiagnosticCode code, int byteIndex, String message) {
        if (wants(code)) {
            report(code, byteIndex, message);
        } else {
            tally(code);
        }
    }

    /** How many of the kept findings say that an event's line ended too early. */
    long cutShort() {
        return log.kept().stream().filter(Findings::isCutShort).count();
    }

    /** How many of the kept findings are about an event's line with the escapes of a mail or a web page. */
    long escaped() {
        return log.kept().stream()
                .filter(found -> isInEvent(found) && PastedLine.isEscaped(found.text()))
                .count();
    }

    private static boolean isCutShort(Diagnostic found) {
        int length = found.text().length();
        return isInEvent(found) && found.column() > length && length < TEXT_LIMIT;
    }

    private static boolean isInEvent(Diagnostic found) {
        return found.code() == DiagnosticCode.NO_EVENT_NAME || found.code() == DiagnosticCode.DAMAGED_PAYLOAD;
    }

    /** A finding about the log as a whole; {@code detail} says how much of it. */
    void noteLog(DiagnosticCode code, String detail) {
        log.add(new Diagnostic(code, file, 0, 0, "", detail, code.remedy()));
    }

    /** The input as a whole cannot be read because of this line. */
    UnusableInput refusal(DiagnosticCode code, int byteIndex, String message) {
        return new UnusableInput(diagnostic(code, byteIndex, message));
    }

    private Diagnostic diagnostic(DiagnosticCode code, int byteIndex, String message) {
        int shown = Math.min(line.size(), TEXT_LIMIT);
        String text = new String(line.buffer(), line.offset(), shown, StandardCharsets.ISO_8859_1);
        return new Diagnostic(code, file, number, byteIndex + 1, text, message, code.remedy());
    }
}
