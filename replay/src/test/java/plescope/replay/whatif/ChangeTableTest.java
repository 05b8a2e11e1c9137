package plescope.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.policy.SchedulerVersion;
import plescope.replay.scheduler.KernelFeature;

/** The document of what-ifs names every change and every feature there is, and no other. */
class ChangeTableTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("plescope.root"), "replay", "docs", "what-if.md");

    @Test
    void everyChangeHasARowAndEveryRowAChange() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `") && !line.startsWith("| `+"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        ChangeCatalog.list().stream().map(ChangeSpec::name).toList());
    }

    @Test
    void everyFeatureIsNamed() throws IOException {
        String text = Files.readString(DOCUMENT);
        List<KernelFeature> unnamed = new ArrayList<>();
        for (SchedulerVersion version : SchedulerVersion.values()) {
            KernelFeature.switchable(version).stream()
                    .filter(feature -> !text.contains("`" + feature + "`"))
                    .forEach(unnamed::add);
        }
        assertThat(unnamed).isEmpty();
    }
}
