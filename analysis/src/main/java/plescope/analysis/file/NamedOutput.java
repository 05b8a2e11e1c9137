package plescope.analysis.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Says which file cannot be written: the system says no more than that a disk is full. */
final class NamedOutput extends FilterOutputStream {
    private final Path name;

    NamedOutput(OutputStream out, Path name) {
        super(out);
        this.name = name;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new IOException("cannot write " + name + ": " + e.getMessage(), e);
        }
    }

    /** Every byte has been written: flushing again could only repeat an error. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
