package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that die at any moment: names stand for whole files, old or new, the next start cleans up, and a sweep goes on.
 *
 * <p>{@code -Dplescope.kills=100} kills each command so often, {@code -Dplescope.killed=read,sweep} only these,
 * {@code -Dplescope.signals=KILL,INT} by these signals; counts are appended to {@code target/kills.csv}.
 */
@EnabledOnOs(OS.LINUX)
final class KillTest {
    private static final int KILLS = Integer.getInteger("plescope.kills", 2);
    private static final long SEED = Long.getLong("plescope.seed", 7);
    /** One that writes a database, a text, a folder and a temporary database. */
    private static final List<String> INTERRUPTED = List.of("analyze", "synthesize", "export-csv", "compare");

    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root"), "samples");

    @TempDir
    private static Path inputs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void inputs() throws IOException {
        Path log = SAMPLES.resolve("ticket-lock-ftrace").resolve("trace.txt.zst");
        Files.copy(log, inputs.resolve("trace.txt.zst"));
        Files.copy(SAMPLES.resolve("scenarios").resolve("convoy.scenario"), inputs.resolve("convoy.scenario"));
        assertThat(CommandLineRun.plescope(
                                "",
                                "read",
                                log.toString(),
                                "-o",
                                inputs.resolve("trace.duckdb").toString())
                        .code())
                .isZero();
    }

    /** By default few, each with or without an older file, in turns; those asked for by name with and without. */
    static Stream<Arguments> commands() {
        String asked = System.getProperty("plescope.killed", "");
        List<Arguments> cases = new ArrayList<>();
        for (String signal : System.getProperty("plescope.signals", "KILL,INT").split(",", -1)) {
            for (KilledCommand command : KilledCommand.all()) {
                boolean turn = (cases.size() & 1) == 0;
                if (asked.isEmpty() && (signal.equals("KILL") || INTERRUPTED.contains(command.name()))) {
                    cases.add(Arguments.of(command, signal, turn));
                } else if (List.of(asked.split(",", -1)).contains(command.name())) {
                    cases.add(Arguments.of(command, signal, true));
                    cases.add(Arguments.of(command, signal, false));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} by {1}, older file {2}")
    @MethodSource("commands")
    void whateverIsKilledLeavesWholeFilesAndTheNextStartCleansUp(KilledCommand command, String signal, boolean old)
            throws Exception {
        Map<String, Integer> phases = new Killing(command, signal, old, inputs, folder).run(KILLS, SEED);
        assertThat(phases.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(KILLS);
        Files.writeString(
                Path.of("target", "kills.csv"),
                command + "," + signal + "," + (old ? "old" : "absent") + "," + phases + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
