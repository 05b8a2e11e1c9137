package plescope.analysis.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import plescope.analysis.file.TemporaryFolder;

/**
 * Runs the quick commands once, so that Java can archive the classes they need (class-data sharing) and later starts take them from
 * there. The launcher starts it where it finds no archive.
 */
final class ClassTraining {
    /** One VM entry and one PLE exit are enough: it is about classes, not about numbers. */
    private static final String LOG = """
               CPU 0/KVM   137/141   [000]   100.000010:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
               CPU 0/KVM   137/141   [000]   100.000110:                       kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000080 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
            """;

    private ClassTraining() {}

    public static void main(String[] args) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            train(folder.file("trace.duckdb").toString());
        }
    }

    private static void train(String file) {
        List<List<String>> commands = List.of(
                List.of("--help"),
                List.of("report", "--help"),
                List.of("check", "-"),
                List.of("read", "-", "-o", file),
                List.of("report", "summary", "exits", "-i", file),
                List.of(
                        "report",
                        "bursts",
                        "-i",
                        file,
                        "--vm",
                        "vm0",
                        "--time",
                        "0,1ms",
                        "-k",
                        "exits",
                        "--format",
                        "csv"),
                List.of("sql", file, "FROM vm"),
                List.of("record-help"));
        commands.forEach(ClassTraining::run);
    }

    private static void run(List<String> words) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ByteArrayInputStream log = new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8));
        Main.run(words.toArray(String[]::new), log, nowhere, nowhere, Terminal.UNLIMITED_WIDTH);
    }
}
