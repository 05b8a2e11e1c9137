package plescope.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTextTest {
    @Test
    void controlCharactersOfBothSetsAreMarked() {
        assertThat(VisibleText.of("a\033[2Jb\u0007c\u009b1md\u007f")).isEqualTo("a\ufffd[2Jb\ufffdc\ufffd1md\ufffd");
        assertThat(VisibleText.of("two\nlines\tand a tab\r")).isEqualTo("two\nlines\ufffdand a tab\ufffd");
    }

    @Test
    void whatTurnsOrBreaksTheLineIsMarked() {
        assertThat(VisibleText.of("\u202etxt\u2066\u200f\u2028\u2029")).isEqualTo("\ufffdtxt\ufffd\ufffd\ufffd\ufffd");
        assertThat(VisibleText.of("half\ud83d")).isEqualTo("half\ufffd");
    }

    /** A family is three signs joined by U+200D. */
    @Test
    void otherScriptsAndSignsStay() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        assertThat(VisibleText.of("G\u00e4ste \u0645\u0631\u062d\u0628\u0627 " + family))
                .isEqualTo("G\u00e4ste \u0645\u0631\u062d\u0628\u0627 " + family);
    }
}
