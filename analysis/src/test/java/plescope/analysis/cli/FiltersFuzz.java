package plescope.analysis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: any values of the options that choose and sort a report's rows, on a small database.
 *
 * <p>The first line names the report; of each further line the first letter chooses the option, and the rest is its value.
 */
public final class FiltersFuzz {
    private static final List<String> OPTIONS =
            List.of("--time", "--vm", "--vcpu", "-p", "-C", "-k", "--limit", "--run", "--format");

    private static final String TRACE = """
            CPU 0/KVM   137/141   [000]   100.000010: kvm:kvm_entry: vcpu 0, rip 0x80
            CPU 0/KVM   137/141   [000]   100.000110: kvm:kvm_exit: vcpu 0 reason pause rip 0x80 info 0 0
            CPU 0/KVM   137/141   [000]   100.000140: kvm:kvm_entry: vcpu 0, rip 0x80
            CPU 1/KVM   237/241   [001]   100.000200: kvm:kvm_entry: vcpu 1, rip 0x80
            CPU 1/KVM   237/241   [001]   100.000250: kvm:kvm_exit: vcpu 1 reason msr rip 0x80 info 0 0
            CPU 1/KVM   237/241   [001]   100.000300: kvm:kvm_entry: vcpu 1, rip 0x80
            """;

    private static final Path DATABASE = database();

    private FiltersFuzz() {}

    private static Path database() {
        try {
            Path folder = Files.createTempDirectory("filters");
            Path log = Files.writeString(folder.resolve("trace.txt"), TRACE);
            Path database = folder.resolve("t.duckdb");
            WordsFuzz.run(List.of("read", log.toString(), "-o", database.toString()));
            folder.toFile().deleteOnExit();
            log.toFile().deleteOnExit();
            database.toFile().deleteOnExit();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || lines.get(0).startsWith("-")) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("report", lines.get(0), "-i", DATABASE.toString()));
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isEmpty()) {
                words.add(OPTIONS.get(line.charAt(0) % OPTIONS.size()));
                words.add(line.substring(1));
            }
        }
        CommandLineRun run = WordsFuzz.run(words);
        boolean answered = run.code() == ExitCode.DONE.code() && run.err().isEmpty();
        boolean refused = run.code() == ExitCode.USAGE.code() && !run.err().isBlank();
        if (!answered && !refused) {
            throw new AssertionError(words + " ended with " + run.code() + ": " + run.err());
        }
        if (run.err().contains("\n\tat ") || run.err().contains("Error:")) {
            throw new AssertionError(words + " is refused with " + run.err());
        }
    }
}
