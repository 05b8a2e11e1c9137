package plescope.analysis.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Standard output that says when nobody reads it any more; a {@link PrintStream} of its own accord swallows that and goes on. */
final class StandardOutput extends OutputStream {
    /** EPIPE, as strerror(3) spells it. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private static final int BUFFER = 1 << 13;

    private final OutputStream out;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    static PrintStream open() {
        OutputStream out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return new PrintStream(new BufferedOutputStream(out, BUFFER), false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** @throws OutputClosed not an IOException, which a PrintStream would catch */
    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            if (BROKEN_PIPE.equals(e.getMessage())) {
                throw new OutputClosed(e);
            }
            throw new UncheckedIOException("cannot write the output: " + e.getMessage(), e);
        }
    }
}
