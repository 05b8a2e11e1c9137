package plescope.parser.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;

/** Unpacks by the first bytes and turns away what is no text log, with the command that would make one. */
public final class TraceInput {
    /** Layers of compression unpacked: a compressed perf.data inside an archive is one, a mistake two. */
    private static final int MAX_LAYERS = 3;

    private static final int PEEK = 4096;
    /** Enough to look ahead; who reads much at once reads past it. */
    private static final int BUFFER = 1 << 13;

    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR = ascii("ustar");
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xbc, (byte) 0xaf};
    private static final byte[] COMPRESS = {0x1f, (byte) 0x9d};
    private static final byte[] PERF_DATA = ascii("PERFILE2");
    /** Byte order of the recording host decides how perf writes its magic. */
    private static final byte[] PERF_DATA_SWAPPED = ascii("2ELIFREP");

    private static final byte[] TRACE_DAT = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};

    /** Editors of other systems put it before a text. */
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final byte[] UTF_16_LE_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] UTF_16_BE_MARK = {(byte) 0xfe, (byte) 0xff};

    private TraceInput() {}

    /** The text inside {@code in}, null where it is something else than a text; damage is thrown. */
    public static InputStream textOrNull(InputStream in, String file) throws IOException {
        try {
            return text(in, file);
        } catch (UnusableInput e) {
            if (e.diagnostic().code() == DiagnosticCode.TRUNCATED) {
                throw e;
            }
            return null;
        }
    }

    /** Whether an archive lies behind what {@link #text} made. */
    public static boolean isArchive(InputStream text) throws IOException {
        return text instanceof BufferedInputStream buffered && isTar(peek(buffered));
    }

    /** The text, or the archive of texts, inside {@code in}. @throws UnusableInput if it is anything else */
    public static InputStream text(InputStream in, String file) throws IOException {
        InputStream layer = in;
        for (int depth = 0; depth <= MAX_LAYERS; depth++) {
            BufferedInputStream buffered = new BufferedInputStream(layer, BUFFER);
            byte[] first = peek(buffered);
            if (first.length == 0) {
                throw refusal(DiagnosticCode.EMPTY, file, "the input is empty");
            }
            Compression compression = Compression.of(first);
            if (compression == null) {
                if (isTar(first)) {
                    return buffered;
                }
                refuseBinary(first, depth > 0 ? Compression.unpackedName(file) : file, file);
                buffered.skipNBytes(starts(first, UTF_8_MARK) ? UTF_8_MARK.length : 0);
                return buffered;
            }
            layer = open(compression, buffered, file);
        }
        throw refusal(DiagnosticCode.WRONG_FILE, file, "the file is compressed more than " + MAX_LAYERS + " times");
    }

    private static boolean isTar(byte[] first) {
        return first.length >= TAR_MAGIC_AT + TAR.length
                && Arrays.equals(first, TAR_MAGIC_AT, TAR_MAGIC_AT + TAR.length, TAR, 0, TAR.length);
    }

    private static InputStream open(Compression compression, InputStream in, String file) {
        try {
            return new Unpacked(compression.open(in), file);
        } catch (IOException e) {
            throw Unpacked.damaged(file, e);
        }
    }

    private static void refuseBinary(byte[] first, String tool, String file) {
        if (starts(first, PERF_DATA) || starts(first, PERF_DATA_SWAPPED)) {
            throw binary(DiagnosticCode.PERF_DATA, file, tool, "this is a binary perf.data, not its text");
        }
        if (starts(first, TRACE_DAT)) {
            throw binary(DiagnosticCode.TRACE_DAT, file, tool, "this is a binary trace.dat, not its text");
        }
        if (starts(first, ZIP) || starts(first, SEVEN_ZIP) || starts(first, COMPRESS)) {
            throw refusal(DiagnosticCode.COMPRESSION, file, "this compression or archive is not supported");
        }
        if (isUtf16(first)) {
            String hint =
                    "convert it: iconv -f UTF-16 -t UTF-8 " + file + "; PowerShell's > writes UTF-16, cmd's does not";
            String message = "this is text in UTF-16, not in single bytes";
            throw new UnusableInput(new Diagnostic(DiagnosticCode.WRONG_FILE, file, 0, 0, "", message, hint));
        }
        int zeros = 0;
        for (byte b : first) {
            zeros += b == 0 ? 1 : 0;
        }
        // a text log holds a stray NUL at most (libtraceevent's kvm_mmu text); binaries are full of them
        if (zeros * 100 > first.length) {
            throw refusal(DiagnosticCode.WRONG_FILE, file, "this is a binary file, not a text log");
        }
    }

    /** By its mark, or because every other byte is zero, as in ASCII. */
    private static boolean isUtf16(byte[] first) {
        if (starts(first, UTF_16_LE_MARK) || starts(first, UTF_16_BE_MARK)) {
            return true;
        }
        int[] zeros = new int[2];
        for (int i = 0; i < first.length; i++) {
            zeros[i & 1] += first[i] == 0 ? 1 : 0;
        }
        int half = first.length / 2;
        return half > 0 && (zeros[0] == 0 ? zeros[1] * 10 > half * 9 : zeros[1] == 0 && zeros[0] * 10 > half * 9);
    }

    /** The recorder's own tool reads only the unpacked file, under the name it gets by unpacking. */
    private static UnusableInput binary(DiagnosticCode code, String file, String tool, String message) {
        String first = tool.equals(file) ? "" : "unpack it, then ";
        String hint = first + code.remedy().replace("FILE", tool);
        return new UnusableInput(new Diagnostic(code, file, 0, 0, "", message, hint));
    }

    /** A finding about the input as a whole. */
    public static UnusableInput refusal(DiagnosticCode code, String file, String message) {
        String hint = code.remedy().replace("FILE", file);
        return new UnusableInput(new Diagnostic(code, file, 0, 0, "", message, hint));
    }

    private static byte[] peek(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        byte[] first = in.readNBytes(PEEK);
        in.reset();
        return first;
    }

    static boolean starts(byte[] bytes, byte[] magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
