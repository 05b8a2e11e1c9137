package plescope.analysis.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The three standard streams and the width to print to.
 *
 * @param width columns of the terminal
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, int width) {
    /** Wide enough for every report when the output goes to a file or pipe. */
    static final int UNLIMITED_WIDTH = 10_000;
}
