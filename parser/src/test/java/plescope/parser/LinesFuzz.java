package plescope.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: lines of real logs, damaged as the input says, so that most of them get as far as their payload.
 *
 * <p>Four bytes of input make one line: two choose it, one where it is damaged, one how.
 */
public final class LinesFuzz {
    private static final String[] LOGS = {
        "/perf-6.1-kernel-6.12.txt",
        "/perf-6.1-ns-pid-tid-kernel-6.1.txt",
        "/ftrace-6.1-record-tgid.txt",
        "/ftrace-6.18.txt",
        "/trace-cmd-3.1.6.txt",
        "/trace-cmd-3.1.6-plugins.txt"
    };

    /** Put in where a line is broken: what parts fields in some format, and numbers that are too large. */
    private static final String[] PIECES = {
        "",
        " ",
        "  ",
        ":",
        ": ",
        "-",
        "-1",
        "[",
        "] ",
        "(",
        ") ",
        "=",
        " ==> ",
        "\t",
        "\r",
        "\n",
        "\0",
        "0x",
        "f",
        "9",
        "4294967296",
        "9223372036854775808",
        "99999999999999999999",
        ".",
        "\u00e4",
        ">",
        "+",
        "/",
        ",",
        "#",
        "|",
        "\u00ff"
    };

    private static final List<String> LINES = lines();

    private LinesFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] choices) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int i = 0; i + 4 <= choices.length; i += 4) {
            int which = ((choices[i] & 0xff) << 8) | (choices[i + 1] & 0xff);
            String line = LINES.get(which % LINES.size());
            String damaged = damaged(line, (choices[i + 2] & 0xff) % (line.length() + 1), choices[i + 3] & 0xff);
            log.writeBytes(damaged.getBytes(StandardCharsets.ISO_8859_1));
            log.write('\n');
        }
        ReaderFuzz.fuzzerTestOneInput(log.toByteArray());
    }

    /** Five bits choose the piece, three how many bytes it replaces. */
    private static String damaged(String line, int at, int how) {
        String piece = PIECES[how % PIECES.length];
        int replaced = how / PIECES.length;
        return line.substring(0, at) + piece + line.substring(Math.min(at + replaced, line.length()));
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String log : LOGS) {
            try (InputStream in = LinesFuzz.class.getResourceAsStream(log)) {
                lines.addAll(List.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n", -1)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return List.copyOf(lines);
    }
}
