package plescope.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Numbers at the right end of a line's text, with and without eight bytes before them. */
final class FromRightTest {
    private static FromRight behind(String text) {
        LineBytes line = new LineBytes();
        byte[] bytes = ("before: " + text + "\n        ").getBytes(StandardCharsets.ISO_8859_1);
        line.set(bytes, "before: ".length(), "before: ".length() + text.length());
        return new FromRight(line, text.length());
    }

    @Test
    void digitsOfKnownCountAreReadWithoutLookingWhereTheyBegin() {
        assertThat(behind("12345.678901").digits(6)).isEqualTo(678_901);
        assertThat(behind("[007").digits(3)).isEqualTo(7);
        assertThat(behind("42").digits(2)).isEqualTo(42);
    }

    @Test
    void onlyDigitsCountAsDigits() {
        assertThat(behind("12345.678901").endsInDigits(6)).isTrue();
        assertThat(behind("12345.678901").endsInDigits(7)).isFalse();
        // perf's date with an odd fraction before a clock without decimals: the point stands where a clock's would
        assertThat(behind("10:47:14.1 1819").before(6)).isEqualTo('.');
        assertThat(behind("10:47:14.1 1819").endsInDigits(6)).isFalse();
    }

    @Test
    void nothingStandsBeforeTheLine() {
        assertThat(behind("7.5").before(1)).isEqualTo('.');
        assertThat(behind("7.5").before(3)).isEqualTo(-1);
        assertThat(behind("123").endsInDigits(3)).isFalse();
    }
}
