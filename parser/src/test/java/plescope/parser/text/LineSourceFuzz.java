package plescope.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target: a text cut into lines.
 *
 * <p>The first two bytes say how it trickles in. Bytes from 0x80 on stand for runs of up to 254 KiB, so that lines grow beyond the
 * longest; 0x80 fills the line to it. The others stand for themselves.
 */
public final class LineSourceFuzz {
    /** More text than this takes long and shows nothing new. */
    private static final int MOST_TEXT = 8 * LineSource.MAX_LINE;

    private LineSourceFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        byte[] text = text(input);
        int most = 1 + (((input[0] & 0xff) << 8) | (input[1] & 0xff));
        assertThat(read(text, most)).isEqualTo(expected(text));
    }

    private static byte[] text(byte[] input) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int lineStart = 0;
        for (int i = 2; i < input.length && text.size() < MOST_TEXT; i++) {
            int length = input[i] == -128
                    ? Math.max(LineSource.MAX_LINE - (text.size() - lineStart), 0)
                    : (input[i] & 0x7f) << 11;
            if (input[i] < 0) {
                byte[] run = new byte[length];
                Arrays.fill(run, (byte) 'x');
                text.writeBytes(run);
            } else {
                text.write(input[i]);
                lineStart = input[i] == '\n' ? text.size() : lineStart;
            }
        }
        return text.toByteArray();
    }

    private static List<String> read(byte[] text, int most) throws IOException {
        LineSource source = new LineSource(new ByteArrayInputStream(text) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, most));
            }
        });
        List<String> lines = new ArrayList<>();
        while (source.next()) {
            lines.add(source.isTooLong() ? "too long" : shown(source.buffer(), source.start(), source.end()));
        }
        return lines;
    }

    private static List<String> expected(byte[] text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length ? at > from : text[at] == '\n') {
                int to = at > from && text[at - 1] == '\r' ? at - 1 : at;
                lines.add(to - from > LineSource.MAX_LINE ? "too long" : shown(text, from, to));
                from = at + 1;
            }
        }
        return lines;
    }

    private static String shown(byte[] bytes, int from, int to) {
        return (to - from) + " bytes, " + Arrays.hashCode(Arrays.copyOfRange(bytes, from, to));
    }
}
