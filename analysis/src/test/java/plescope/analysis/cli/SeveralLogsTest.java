package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in several files, as their user names them, and the number of threads that read. */
final class SeveralLogsTest {
    private static final String CPU_0 = """
                   CPU 0/KVM   137/141   [000]   100.000010:                      kvm:kvm_entry: vcpu 0, rip 0x80
                   CPU 0/KVM   137/141   [000]   100.000110:                       kvm:kvm_exit: vcpu 0 reason pause rip 0x80 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0
                   CPU 0/KVM   137/141   [000]   100.000140:                      kvm:kvm_entry: vcpu 0, rip 0x80
            """;
    private static final String CPU_1 = """
                   CPU 1/KVM   137/142   [001]   100.000015:                      kvm:kvm_entry: vcpu 1, rip 0x80
                   CPU 1/KVM   137/142   [001]   100.000115:                       kvm:kvm_exit: vcpu 1 reason pause rip 0x80 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0
                   CPU 1/KVM   137/142   [001]   100.000130:                      kvm:kvm_entry: vcpu 1, rip 0x80
            """;

    @TempDir
    private Path folder;

    private Path zero;
    private Path one;
    private String database;

    @BeforeEach
    void write() throws IOException {
        zero = Files.writeString(folder.resolve("cpu0.txt"), CPU_0);
        one = Files.writeString(folder.resolve("cpu1.txt"), CPU_1);
        database = folder.resolve("log.duckdb").toString();
    }

    private static CommandLineRun plescope(String... args) {
        return CommandLineRun.of(CommandLineRun.WIDTH, "", args);
    }

    private String query(String sql) {
        return plescope("sql", database, sql, "--format", "csv").out();
    }

    @Test
    void aQuotedPatternIsOneRecordingWhoseLinesTellTheirFile() {
        assertThat(plescope("read", folder.resolve("cpu?.t*").toString(), "-o", database))
                .satisfies(o -> assertThat(o.err()).doesNotContain("PLE-", "fault"))
                .satisfies(o -> assertThat(o.out()).contains("read 6 lines, 6 events", "1 VMs, 2 PLE exits"));
        assertThat(query("SELECT log_line(line) AS l FROM vm_exit ORDER BY exit_ns"))
                .isEqualToNormalizingNewlines("l\n" + zero + ":2\n" + one + ":2\n");
    }

    @Test
    void theSameFilesInAnyOrderAndByNameAreTheSameRecording() {
        plescope("read", one.toString(), zero.toString(), "-o", database);
        String exits = query("SELECT vcpu, exit_ns, entry_ns FROM vm_exit ORDER BY exit_ns");
        assertThat(exits).contains("100000").hasLineCount(3);
        plescope("read", folder.resolve("*.txt").toString(), "-o", database);
        assertThat(query("SELECT vcpu, exit_ns, entry_ns FROM vm_exit ORDER BY exit_ns"))
                .isEqualTo(exits);
        assertThat(plescope("check", one.toString(), zero.toString(), "--table", "events", "--format", "csv")
                        .out())
                .contains("kvm_exit", "2");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        String pattern = folder.resolve("nothing*").toString();
        assertThat(plescope("read", pattern, "-o", database))
                .isEqualTo(new CommandLineRun(3, "", "plescope: no file matches " + pattern + "\n"));
        String half = folder.resolve("log[0").toString();
        assertThat(plescope("read", half, "-o", database))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err())
                        .startsWith("plescope: no file matches " + half + ", which is no whole pattern"));
        String absent = folder.resolve("absent.txt").toString();
        assertThat(plescope("read", zero.toString(), absent, "-o", database))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err()).startsWith(absent + ": error PLE-002"));
        assertThat(plescope("read", zero.toString(), "-", "-o", database).code())
                .isEqualTo(2);
        assertThat(plescope("check", zero.toString(), one.toString(), "--rejoin")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int second = 100; second < 10_100; second++) {
            log.append(CPU_0.replace("   100.", String.format("%6d.", second)));
        }
        Files.writeString(zero, log);
        // more than one chunk, so that chunks are parsed side by side
        assertThat(log.length()).isGreaterThan(3 << 20);
        plescope("read", zero.toString(), "-o", database, "--jobs", "1");
        String alone = query("SELECT count(*), sum(line), sum(exit_ns), sum(hash(vcpu, pcpu, guest_rip)) FROM vm_exit");
        assertThat(alone).contains("10000,");
        plescope("read", zero.toString(), "-o", database, "-j", "3");
        assertThat(query("SELECT count(*), sum(line), sum(exit_ns), sum(hash(vcpu, pcpu, guest_rip)) FROM vm_exit"))
                .isEqualTo(alone);
        assertThat(plescope("read", zero.toString(), "-o", database, "-j", "0").code())
                .isEqualTo(2);
    }
}
