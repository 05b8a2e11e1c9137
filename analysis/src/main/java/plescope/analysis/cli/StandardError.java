package plescope.analysis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error with a last word: what fails after an interrupt fails because unfinished files are being removed, and is no news.
 */
final class StandardError extends OutputStream {
    private final OutputStream out;
    private boolean ended;

    StandardError(OutputStream out) {
        this.out = out;
    }

    static StandardError open() {
        return new StandardError(new FileOutputStream(FileDescriptor.err));
    }

    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (!ended) {
            out.write(bytes, from, length);
        }
    }

    /** Says this and nothing more. */
    synchronized void end(String last) {
        stream().println(last);
        ended = true;
    }
}
