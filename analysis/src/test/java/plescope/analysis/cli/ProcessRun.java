package plescope.analysis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts plescope as a process of its own, for what only a process shows: signals, pipes, loaded classes. */
final class ProcessRun {
    private ProcessRun() {}

    /** Java with the classes under test. */
    static ProcessBuilder java(List<String> javaOptions, String... words) {
        // Native code is allowed as by the launcher: newer Javas warn otherwise.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    static List<String> lines(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
