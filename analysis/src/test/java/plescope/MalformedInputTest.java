package plescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of {@code samples/malformed} with what the user is told about it: {@code <file>.diag} holds exit code and standard
 * error of {@code read}, {@code <file>.strict.diag} those of {@code read --strict}.
 */
final class MalformedInputTest {
    private static final Path MALFORMED = RunFromRoot.ROOT.resolve("samples/malformed");
    private static final String DIAG = ".diag";
    private static final String STRICT_DIAG = ".strict.diag";

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> theUserIsToldWhatIsWrongAndWhatToDo() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path input : inputs()) {
            String name = input.getFileName().toString();
            tests.add(dynamicTest(name, () -> check(input, DIAG)));
            if (Files.exists(input.resolveSibling(name + STRICT_DIAG))) {
                tests.add(dynamicTest(name + " --strict", () -> check(input, STRICT_DIAG, "--strict")));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    private void check(Path input, String ending, String... more) throws IOException {
        Path database = folder.resolve(input.getFileName() + ending + ".duckdb");
        List<String> words = new ArrayList<>(List.of("read", input.toString(), "-o", database.toString()));
        words.addAll(List.of(more));
        RunFromRoot run = RunFromRoot.of(words.toArray(String[]::new));
        Golden.check(input.resolveSibling(input.getFileName() + ending), "exit " + run.code() + "\n" + run.err());
        assertThat(Files.exists(database)).as("a database is left behind").isEqualTo(run.code() == 0);
    }

    private static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(MALFORMED)) {
            return files.filter(file -> !file.toString().endsWith(DIAG))
                    .sorted()
                    .toList();
        }
    }
}
