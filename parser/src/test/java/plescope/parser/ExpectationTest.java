package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of the shared traces is read to the counts, or refused with the message, that {@code trace-expectations.tsv} says.
 *
 * <p>{@code -Dgolden.update=true} writes the table anew; look at the difference before keeping it.
 */
final class ExpectationTest {
    private static final List<String> FOLDERS = List.of("lossy", "producers", "public", "seed", "zoo");
    private static final Path TABLE =
            Path.of(System.getProperty("plescope.root"), "parser/src/test/resources/trace-expectations.tsv");

    static Stream<String> files() throws IOException {
        Path root = TraceFolder.root();
        Stream<String> all = Stream.of();
        for (String folder : FOLDERS) {
            all = Stream.concat(
                    all,
                    TraceFolder.files(folder).stream()
                            .map(file -> root.relativize(file).toString())
                            .filter(file -> !file.endsWith(".meta") && !file.endsWith("README.md")));
        }
        return all;
    }

    private static Map<String, String> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(row -> !row.startsWith("#"))
                .collect(Collectors.toMap(
                        row -> row.substring(0, row.indexOf('\t')), row -> row.substring(row.indexOf('\t') + 1)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileSaysWhatTheTableSays(String file) throws IOException {
        assertThat(outcome(file)).isEqualTo(table().get(file));
    }

    @Test
    void theTableHasEveryFileAndNoOther() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Map<String, String> rows = new TreeMap<>();
            for (String file : files().toList()) {
                rows.put(file, outcome(file));
            }
            String head = "# file, producer, lost events, findings, tracepoints; or the refusal\n";
            Files.writeString(
                    TABLE,
                    rows.entrySet().stream()
                            .map(row -> row.getKey() + "\t" + row.getValue() + "\n")
                            .collect(Collectors.joining("", head, "")));
        }
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(files().toList());
    }

    private static String outcome(String file) throws IOException {
        try (TraceReader reader = TraceReader.open(TraceFolder.root().resolve(file), ReadOptions.LENIENT)) {
            ReadSummary summary = reader.read(event -> {});
            String findings = summary.diagnostics().counts().entrySet().stream()
                    .map(found -> found.getKey().id() + "=" + found.getValue())
                    .collect(Collectors.joining(" "));
            String events = summary.events().entrySet().stream()
                    .map(event -> event.getKey() + "=" + event.getValue())
                    .collect(Collectors.joining(" "));
            return String.join("\t", summary.format().name(), "lost=" + summary.lostEvents(), findings, events);
        } catch (TraceFormatException e) {
            return "refused " + e.diagnostic().code().id() + "\t"
                    + e.diagnostic().message();
        }
    }
}
