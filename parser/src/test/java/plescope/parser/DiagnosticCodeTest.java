package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;

/** The README's table of codes is the enum's. */
final class DiagnosticCodeTest {
    @Test
    void theReadmeListsEveryCode() throws IOException {
        Path readme = Path.of(System.getProperty("plescope.root"), "parser", "README.md");
        List<String> rows = Files.readAllLines(readme).stream()
                .filter(line -> line.startsWith("| PLE-"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(DiagnosticCode.values())
                        .map(code -> "| " + code.id() + " | " + code.severity() + " | " + code.sentence() + " | "
                                + code.remedy() + " |")
                        .toList());
    }

    @Test
    void idsAreUniqueAndAscending() {
        assertThat(DiagnosticCode.values())
                .extracting(DiagnosticCode::id)
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
