package plescope.parser.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;
import plescope.parser.diagnostic.DiagnosticCode;

/** Unpacked bytes: whatever a decompressor throws in the middle of a file is one finding about that file. */
public final class Unpacked extends FilterInputStream {
    private final String file;

    Unpacked(InputStream decompressor, String file) {
        super(decompressor);
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** xz repeats here what it has thrown before. */
    @Override
    public int available() {
        try {
            return in.available();
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** What {@code --long=31} and xz dictionaries of gigabytes come to here; libraries say so in words of their own. */
    private static boolean asksForTooMuch(IOException cause) {
        return cause instanceof MemoryLimitException
                || String.valueOf(cause.getMessage()).contains("too much memory");
    }

    /** The finding; {@code cause} says in the library's words what it met. */
    public static RuntimeException damaged(String file, IOException cause) {
        String message = asksForTooMuch(cause)
                ? "unpacking this asks for too much memory: its window is larger than 128 MB, or the file is damaged"
                : "the compressed file ends too early or is damaged";
        RuntimeException refusal = TraceInput.refusal(DiagnosticCode.TRUNCATED, file, message);
        refusal.initCause(cause);
        return refusal;
    }
}
