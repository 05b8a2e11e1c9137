package plescope.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTableTest {
    @Test
    void theReadmeListsTheCatalog() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("plescope.root"), "replay", "README.md"));
        int from = lines.indexOf("| name | idea | source |") + 2;
        int to = from;
        while (lines.get(to).startsWith("|")) {
            to++;
        }
        List<String> rows = PolicyCatalog.list().stream()
                .map(spec -> "| `" + spec.name() + "` | " + spec.summary() + " | " + spec.source() + " |")
                .toList();
        assertThat(lines.subList(from, to)).isEqualTo(rows);
    }

    @Test
    void namesAreUniqueAndFound() {
        for (PolicySpec spec : PolicyCatalog.list()) {
            assertThat(PolicyCatalog.find(spec.name())).isSameAs(spec);
            assertThat(PolicyCatalog.nearest(spec.name())).isEqualTo(spec.name());
        }
        assertThat(PolicyCatalog.find("p2025")).isNull();
    }
}
