package plescope.analysis.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import plescope.analysis.report.VisibleText;

/**
 * What stands between the program and a terminal: names of a trace, of files and of options are shown, never obeyed.
 *
 * <p>Control characters, those of C1 and of bidirectional text among them, become pictures or replacement marks. What the
 * program itself needs passes: line ends, tabs, bold and its end.
 */
final class VisibleOutput extends FilterOutputStream {
    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;
    private static final int CONTROL_PICTURES = 0x2400;
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    /** Bytes that cannot be judged yet: the beginning of a character, of a line end or of bold. */
    private final byte[] held = new byte[4];

    private int size;

    private VisibleOutput(OutputStream out) {
        super(out);
    }

    /** The same stream for a terminal, which prints text as UTF-8. */
    static PrintStream over(PrintStream out) {
        return new PrintStream(new VisibleOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        if (size == 0 && isPlain((byte) b)) {
            out.write(b);
            return;
        }
        held[size++] = (byte) b;
        if (!isOpen()) {
            release(length());
        }
    }

    /** Whether more bytes may change what becomes of those held. */
    private boolean isOpen() {
        int first = held[0] & 0xff;
        int last = held[size - 1] & 0xff;
        if (first == '\r') {
            return size == 1;
        }
        if (first == ESCAPE) {
            return switch (size) {
                case 1 -> true;
                case 2 -> last == '[';
                case 3 -> last == '0' || last == '1';
                default -> false;
            };
        }
        boolean continues = size == 1 || (last & 0xc0) == 0x80;
        return continues && size < charLength(first);
    }

    /** How many of the bytes held belong together. */
    private int length() {
        int first = held[0] & 0xff;
        if (first == '\r') {
            return size == 2 && held[1] == '\n' ? 2 : 1;
        }
        if (first == ESCAPE) {
            return size == 4 && held[3] == 'm' ? 4 : 1;
        }
        return size == charLength(first) && (size == 1 || (held[size - 1] & 0xc0) == 0x80) ? size : 1;
    }

    private static int charLength(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 1;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /** Writes as many bytes as belong together, or what stands for them, and judges the rest anew. */
    private void release(int length) throws IOException {
        byte[] rest = Arrays.copyOfRange(held, length, size);
        if (length > 1 ? held[0] >= 0 : isPlain(held[0])) {
            out.write(held, 0, length);
        } else if (length == 1) {
            byte b = held[0];
            out.write(
                    b >= 0 && b < ' '
                            ? Character.toString(CONTROL_PICTURES + b).getBytes(StandardCharsets.UTF_8)
                            : REPLACEMENT);
        } else {
            int c = new String(held, 0, length, StandardCharsets.UTF_8).codePointAt(0);
            out.write(VisibleText.isVisible(c) ? Arrays.copyOf(held, length) : REPLACEMENT);
        }
        size = 0;
        for (byte b : rest) {
            write(b);
        }
    }

    private static boolean isPlain(byte b) {
        return (b >= ' ' && b < DELETE) || b == '\n' || b == '\t';
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    /** What is held when the program flushes is not going to be continued. */
    @Override
    public void flush() throws IOException {
        while (size > 0) {
            release(length());
        }
        out.flush();
    }
}
