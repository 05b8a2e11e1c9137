package plescope.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines of all lengths, however the input trickles. */
final class LineSourceTest {
    @Test
    void linesComeOutAsTheyWentInWithANewlineBehindEach() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 50; round++) {
            List<String> lines = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String line = "x".repeat(random.nextInt(8) == 0 ? random.nextInt(100_000) : random.nextInt(40));
                lines.add(line);
                text.append(line).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
            }
            // the last newline may be missing, unless it ends an empty line, which then is none
            boolean cut = !lines.get(lines.size() - 1).isEmpty() && random.nextBoolean();
            String log = cut ? text.toString().stripTrailing() : text.toString();
            assertThat(read(trickling(log, random))).isEqualTo(lines);
        }
    }

    private static List<String> read(InputStream in) throws IOException {
        LineSource source = new LineSource(in);
        List<String> lines = new ArrayList<>();
        while (source.next()) {
            assertThat(source.buffer()[source.end()]).isEqualTo((byte) '\n');
            assertThat(source.buffer().length - source.end()).isGreaterThan(LineSource.MARGIN);
            lines.add(new String(
                    source.buffer(), source.start(), source.end() - source.start(), StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    private static InputStream trickling(String log, SplittableRandom random) {
        int most = random.nextInt(4) == 0 ? 1 + random.nextInt(7) : Integer.MAX_VALUE;
        return new ByteArrayInputStream(log.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, Math.min(length, most));
            }
        };
    }
}
