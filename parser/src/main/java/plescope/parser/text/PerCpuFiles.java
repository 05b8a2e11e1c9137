package plescope.parser.text;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** ftrace's folder {@code per_cpu}, or the one that holds it: a file {@code trace} for each CPU. */
public final class PerCpuFiles {
    private PerCpuFiles() {}

    /** The logs with events of such a folder, by CPU; none for any other folder. */
    public static List<LogPart> of(Path folder) throws IOException {
        Path inside = folder.resolve("per_cpu");
        List<Path> cpus = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Files.isDirectory(inside) ? inside : folder, "cpu[0-9]*")) {
            found.forEach(cpus::add);
        }
        cpus.sort(Comparator.comparingInt(
                        (Path cpu) -> cpu.getFileName().toString().length())
                .thenComparing(cpu -> cpu.getFileName().toString()));
        List<LogPart> logs = new ArrayList<>();
        for (Path cpu : cpus) {
            Path trace = cpu.resolve("trace");
            LogPart log = Files.isRegularFile(trace)
                    ? LogPart.ofFound(trace.toString(), () -> new FileInputStream(trace.toFile()))
                    : null;
            if (log != null) {
                logs.add(log);
            }
        }
        return logs;
    }
}
