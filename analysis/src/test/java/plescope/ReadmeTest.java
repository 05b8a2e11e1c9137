package plescope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents show is what the program prints: every line of their examples, in order; a line of dots stands for some left out. */
class ReadmeTest {
    private static final Path ROOT = RunFromRoot.ROOT;
    private static final String PROMPT = "$ ./plescope ";
    private static final String LEFT_OUT = "...";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "analysis/docs/questions.md", "analysis/docs/tutorial.md"})
    void theExamplesPrintWhatTheDocumentShows(String document) throws Exception {
        List<String> lines = Files.readAllLines(ROOT.resolve(document));
        int examples = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(PROMPT)) {
                StringBuilder command = new StringBuilder(lines.get(i));
                while (command.chars().filter(c -> c == '"').count() % 2 != 0) {
                    command.append('\n').append(lines.get(++i));
                }
                List<String> shown = new ArrayList<>();
                for (int j = i + 1; !lines.get(j).equals("```") && !lines.get(j).startsWith("$ "); j++) {
                    shown.add(lines.get(j));
                }
                assertShown(command.toString(), shown);
                examples++;
            }
        }
        assertThat(examples).as("examples in " + document).isGreaterThanOrEqualTo(2);
    }

    private void assertShown(String command, List<String> shown) {
        List<String> printed = run(command);
        int at = 0;
        for (String line : shown) {
            if (line.equals(LEFT_OUT) || line.isBlank()) {
                continue;
            }
            int found = printed.subList(at, printed.size()).indexOf(oneBlank(line));
            assertThat(found).as("'%s' in the output of '%s'", line, command).isNotNegative();
            at += found + 1;
        }
    }

    /** Runs a command line of the README from the root, with its database in a temporary folder. */
    private List<String> run(String command) {
        String database = folder.resolve("trace.duckdb").toString();
        List<String> words = new ArrayList<>();
        for (String word : words(command.substring(PROMPT.length()))) {
            words.add(
                    switch (word) {
                        case "trace.duckdb" -> database;
                        default ->
                            word.startsWith("samples/") ? ROOT.resolve(word).toString() : word;
                    });
        }
        if (words.get(0).equals("analyze")) {
            words.addAll(List.of("-o", database));
        } else if (words.get(0).equals("report")) {
            words.addAll(List.of("-i", database));
        }
        RunFromRoot run = RunFromRoot.of(words.toArray(String[]::new));
        assertThat(run.code()).as(command + ": " + run.err()).isZero();
        return run.out()
                .replace(database, "trace.duckdb")
                .replace(folder.resolve("trace.html").toString(), "trace.html")
                .lines()
                .map(ReadmeTest::oneBlank)
                .toList();
    }

    /** Columns are as wide as their longest entry, and paths are longer here. */
    private static String oneBlank(String line) {
        return line.strip().replaceAll(" +", " ");
    }

    /** Splits at blanks outside double quotes. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        boolean quoted = false;
        StringBuilder word = new StringBuilder();
        for (char c : (command.replace('\n', ' ') + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
