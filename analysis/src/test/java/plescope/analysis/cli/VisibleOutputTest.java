package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What reaches a terminal shows as text, whatever a trace holds. */
final class VisibleOutputTest {
    private static byte[] shown(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream guarded = VisibleOutput.over(new PrintStream(out, false, StandardCharsets.UTF_8));
        guarded.write(bytes, 0, bytes.length);
        guarded.flush();
        return out.toByteArray();
    }

    private static String shown(String text) {
        return new String(shown(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void textsLineEndsTabsAndBoldPass() {
        for (String text :
                new String[] {"a b\tc\n", "a,b\r\nc\r\n", "\033[1mhead\033[0m\n", "h\u00e9\u4e2d\uD83D\uDE08 \u2026", ""
                }) {
            assertThat(shown(text)).isEqualTo(text);
        }
    }

    @Test
    void sequencesThatTerminalsObeyBecomePictures() {
        assertThat(shown("\033]0;title\007")).isEqualTo("\u241b]0;title\u2407");
        assertThat(shown("\033]8;;http://x\033\\link")).isEqualTo("\u241b]8;;http://x\u241b\\link");
        assertThat(shown("\033[2J\033[1;31m\033[11m")).isEqualTo("\u241b[2J\u241b[1;31m\u241b[11m");
        assertThat(shown("\033\033[1m\033")).isEqualTo("\u241b\033[1m\u241b");
        assertThat(shown("honest\rforged\b\u007f\0")).isEqualTo("honest\u240dforged\u2408\ufffd\u2400");
    }

    @Test
    void controlsOfC1AndBidirectionalMarksBecomeReplacementMarks() {
        assertThat(shown("\u009b31m\u0085")).isEqualTo("\ufffd31m\ufffd");
        assertThat(shown("a\u202eb\u2066c\u200bd\u2028e")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
    }

    /** A terminal of another charset would see an escape where UTF-8 sees the end of a character that is none. */
    @Test
    void nothingHidesInBrokenCharacters() {
        byte[] bytes = {(byte) 0xe9, 0x1b, '[', '2', 'J', (byte) 0xf0, (byte) 0x9f, 0x1b, 'c', (byte) 0x9b};
        assertThat(new String(shown(bytes), StandardCharsets.UTF_8))
                .isEqualTo("\ufffd\u241b[2J\ufffd\ufffd\u241bc\ufffd");
    }

    @Test
    void randomBytesNeverHoldASequenceOtherThanBold() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] telling = {
            0x1b, '[', '0', '1', 'm', '\r', '\n', (byte) 0xc2, (byte) 0x9b, (byte) 0xe2, (byte) 0x80, (byte) 0xae
        };
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = telling[random.nextInt(telling.length)];
            }
            String shown = new String(shown(bytes), StandardCharsets.UTF_8);
            assertThat(shown.replace("\033[1m", "").replace("\033[0m", "").replace("\r\n", "\n"))
                    .doesNotContain("\033", "\r", "\u009b", "\u202e");
        }
    }
}
