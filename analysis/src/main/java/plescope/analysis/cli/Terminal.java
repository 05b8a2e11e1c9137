package plescope.analysis.cli;

import java.io.InputStream;
import java.io.PrintStream;
import plescope.analysis.report.ReportWriter;

/**
 * The three standard streams and how to print to the second.
 *
 * @param width columns of the terminal
 * @param bold whether heads of tables stand out
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, int width, boolean bold) {
    /** Wide enough for every report when the output goes to a file or pipe. */
    static final int UNLIMITED_WIDTH = 10_000;

    /** Lays tables out for it. */
    ReportWriter writer() {
        return new ReportWriter(width, bold);
    }
}
