package plescope.parser.text;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.UnusableInput;

/** Unpacks gzip and zstd by their first bytes and turns away what is no text log, with the command that would make one. */
public final class TraceInput {
    /** Layers of compression unpacked: a compressed perf.data inside an archive is one, a mistake two. */
    private static final int MAX_LAYERS = 3;

    private static final int PEEK = 4096;
    private static final int BUFFER = 1 << 16;

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] LZ4 = {0x04, 0x22, 0x4d, 0x18};
    private static final byte[] PERF_DATA = ascii("PERFILE2");
    /** Byte order of the recording host decides how perf writes its magic. */
    private static final byte[] PERF_DATA_SWAPPED = ascii("2ELIFREP");

    private static final byte[] TRACE_DAT = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};

    private TraceInput() {}

    /** The text inside {@code in}. @throws UnusableInput if it is anything else */
    public static InputStream text(InputStream in, String file) throws IOException {
        InputStream layer = in;
        for (int depth = 0; depth < MAX_LAYERS; depth++) {
            BufferedInputStream buffered = new BufferedInputStream(layer, BUFFER);
            byte[] first = peek(buffered);
            if (first.length == 0) {
                throw refusal(DiagnosticCode.EMPTY, file, "the input is empty");
            }
            if (starts(first, GZIP)) {
                layer = new GZIPInputStream(buffered, BUFFER);
            } else if (starts(first, ZSTD)) {
                layer = new ZstdInputStream(buffered);
            } else {
                refuseBinary(first, depth > 0 ? unpacked(file) : file, file);
                return buffered;
            }
        }
        throw refusal(DiagnosticCode.WRONG_FILE, file, "the file is compressed more than " + MAX_LAYERS + " times");
    }

    private static void refuseBinary(byte[] first, String tool, String file) {
        if (starts(first, PERF_DATA) || starts(first, PERF_DATA_SWAPPED)) {
            throw binary(DiagnosticCode.PERF_DATA, file, tool, "this is a binary perf.data, not its text");
        }
        if (starts(first, TRACE_DAT)) {
            throw binary(DiagnosticCode.TRACE_DAT, file, tool, "this is a binary trace.dat, not its text");
        }
        if (starts(first, XZ) || starts(first, BZIP2) || starts(first, LZ4)) {
            throw refusal(
                    DiagnosticCode.COMPRESSION, file, "this compression is not supported, only gzip and zstd are");
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

    /** The recorder's own tool reads only the unpacked file, under the name it gets by unpacking. */
    private static UnusableInput binary(DiagnosticCode code, String file, String tool, String message) {
        String first = tool.equals(file) ? "" : "unpack it, then ";
        String hint = first + code.remedy().replace("FILE", tool);
        return new UnusableInput(new Diagnostic(code, file, 0, 0, "", message, hint));
    }

    private static String unpacked(String file) {
        int dot = file.lastIndexOf('.');
        boolean packed = file.endsWith(".zst") || file.endsWith(".gz");
        return packed ? file.substring(0, dot) : "FILE";
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

    private static boolean starts(byte[] bytes, byte[] magic) {
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
