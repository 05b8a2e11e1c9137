package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plescope html}, and the page that {@code analyze} leaves beside its database. */
final class HtmlCommandTest {
    private static final String TRACE = """
                   CPU 0/KVM   137/141   [000]   100.000010:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
                   CPU 0/KVM   137/141   [000]   100.000110:                       kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000080 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
                   CPU 0/KVM   137/141   [000]   100.000140:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
            """;

    @TempDir
    private Path folder;

    private static CommandLineRun plescope(String... words) {
        return CommandLineRun.of(CommandLineRun.WIDTH, TRACE, words);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void analyzeLeavesThePageBesideTheDatabaseUnlessToldNotTo() {
        assertThat(plescope("analyze", "-", "-o", file("host.duckdb")).out())
                .contains("pictures:           " + file("host.html"));
        assertThat(folder.resolve("host.html")).content().contains("<title>plescope: ");
        CommandLineRun without = plescope("analyze", "-", "-o", file("other.duckdb"), "--no-html");
        assertThat(without.code()).isZero();
        assertThat(without.out()).doesNotContain("pictures:");
        assertThat(folder.resolve("other.html")).doesNotExist();
    }

    @Test
    void logsAndDatabasesGiveTheSamePage() throws IOException {
        Path log = Files.writeString(folder.resolve("t.txt"), TRACE);
        assertThat(plescope("html", log.toString(), "-o", file("log.html")).out())
                .isEqualTo("written: " + file("log.html") + System.lineSeparator());
        assertThat(plescope("read", log.toString(), "-o", file("t.duckdb")).code())
                .isZero();
        assertThat(plescope("html", file("t.duckdb")).out())
                .isEqualTo("written: " + file("t.html") + System.lineSeparator());
        assertThat(Files.readString(folder.resolve("t.html"))).isEqualTo(Files.readString(folder.resolve("log.html")));
    }

    @Test
    void wrongWordsAreToldBeforeAnythingIsWritten() {
        assertThat(plescope("read", "-", "-o", file("t.duckdb")).code()).isZero();
        CommandLineRun run = plescope("html", file("t.duckdb"), "--run", "7");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no run '7'; there are: 0");
        assertThat(plescope("html", "a", "b").code()).isEqualTo(2);
        assertThat(plescope("html", file("absent.duckdb")).code()).isEqualTo(3);
        assertThat(folder.resolve("t.html")).doesNotExist();
    }

    @Test
    void thePageNeverReplacesItsInput() {
        assertThat(HtmlCommand.beside(Path.of("a", "host.duckdb"))).isEqualTo(Path.of("a", "host.html"));
        assertThat(HtmlCommand.beside(Path.of("trace.txt.zst"))).isEqualTo(Path.of("trace.html"));
        assertThat(HtmlCommand.beside(Path.of("host.html"))).isEqualTo(Path.of("host.html.html"));
        assertThat(HtmlCommand.beside(Path.of(".hidden"))).isEqualTo(Path.of(".hidden.html"));
    }
}
