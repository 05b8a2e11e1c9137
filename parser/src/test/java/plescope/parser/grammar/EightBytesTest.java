package plescope.parser.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time against one at a time. */
final class EightBytesTest {
    private static final int ROUNDS = 20_000;
    private static final byte[] ALPHABET = "0123456789afx -=.:/\n@`g".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void runsAndFindsAreThoseOfAPlainLoop() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = bytes(random);
            long word = EightBytes.at(bytes, 0);
            int digits = 0;
            while (digits < 8 && bytes[7 - digits] >= '0' && bytes[7 - digits] <= '9') {
                digits++;
            }
            int blanks = 0;
            while (blanks < 8 && bytes[7 - blanks] == ' ') {
                blanks++;
            }
            int newline = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n');
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(EightBytes.digitsAtEnd(word)).as(text).isEqualTo(digits);
            assertThat(EightBytes.runAtEnd(word, ' ')).as(text).isEqualTo(blanks);
            long found = EightBytes.find(word, '\n');
            assertThat(found == 0 ? -1 : EightBytes.first(found)).as(text).isEqualTo(newline);
            if (digits > 0) {
                assertThat(EightBytes.decimal(word, digits)).isEqualTo(Long.parseLong(text.substring(8 - digits)));
            }
        }
    }

    /** Mostly digits and delimiters, sometimes any byte, 0xff included. */
    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(8) == 0
                    ? (byte) random.nextInt(256)
                    : ALPHABET[random.nextInt(random.nextBoolean() ? 10 : ALPHABET.length)];
        }
        return bytes;
    }

    @Test
    void hexadecimalDigitsAreReadInOrder() {
        for (String digits : new String[] {"00000000", "0123abcd", "ffffffff", "9af00001", "81170441"}) {
            byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(EightBytes.hex(EightBytes.at(bytes, 0))).isEqualTo(Long.parseLong(digits, 16));
        }
    }

    @Test
    void shortWordsEndInZerosWhereverTheyStand() {
        byte[] bytes = "abcdefghijkl".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(EightBytes.upTo(bytes, 0, 3)).isEqualTo(0x636261L);
        // too near the array's end to read eight
        assertThat(EightBytes.upTo(bytes, 9, 12)).isEqualTo(0x6c6b6aL);
        assertThat(EightBytes.upTo(bytes, 5, 5)).isZero();
        assertThat(EightBytes.behindRun("        x       ".getBytes(StandardCharsets.ISO_8859_1), 0, EightBytes.BLANKS))
                .isEqualTo(8);
    }
}
