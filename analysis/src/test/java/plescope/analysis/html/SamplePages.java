package plescope.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import plescope.analysis.cli.Main;

/** Pages written by the program from a sample with what-ifs, and from a log whose every name is an attack. */
final class SamplePages {
    private static final Path ROOT = Path.of(System.getProperty("plescope.root"));

    private SamplePages() {}

    static Path convoy(Path folder) {
        Path database = folder.resolve("convoy.duckdb");
        plescope(
                "analyze",
                ROOT.resolve("samples/synthetic-convoy/trace.txt.zst").toString(),
                "-o",
                database.toString(),
                "--members",
                "2",
                "--seeds",
                "1");
        return folder.resolve("convoy.html");
    }

    /** Two vCPUs that spin in turn on one pCPU, each exit 30 us, by names that would like to be markup. */
    static Path hostile(Path folder) throws IOException {
        Path log = folder.resolve("a'\"<b>.txt");
        Path symbols = folder.resolve("System.map");
        Path threads = folder.resolve("threads.csv");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            int vcpu = i % 2;
            String comm = vcpu == 0 ? "<img/src=x/one" : "\u202e\u001b[31m\"'&lt;\uD83D\uDE08";
            String head = "  " + comm + "   137/" + (141 + vcpu) + "   [000]   100.";
            long us = 1000 + i * 100L;
            text.append(head)
                    .append(String.format("%06d", us))
                    .append(":   kvm:kvm_entry: vcpu ")
                    .append(vcpu)
                    .append(", rip 0xffffffff81000080\n");
            text.append(head)
                    .append(String.format("%06d", us + 60))
                    .append(":   kvm:kvm_exit: vcpu ")
                    .append(vcpu)
                    .append(" reason pause rip 0xffffffff81000080 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0\n");
            text.append("  ")
                    .append(comm)
                    .append("   137/")
                    .append(141 + vcpu)
                    .append("   [000]   100.")
                    .append(String.format("%06d", us + 90))
                    .append(":   sched:sched_switch: prev_comm=")
                    .append(comm)
                    .append(" prev_pid=")
                    .append(141 + vcpu)
                    .append(" prev_prio=120 prev_state=R ==> next_comm=<b>other next_pid=")
                    .append(142 - vcpu)
                    .append(" next_prio=120\n");
        }
        Files.writeString(log, text);
        Files.writeString(symbols, "ffffffff81000000 T </script><script>planted=2</script>\nffffffff82000000 T end\n");
        Files.writeString(
                threads,
                "tid,tgid,vm,vcpu\n141,137,<img/src=x/onerror=planted=1>,0\n142,137,<img/src=x/onerror=planted=1>,1\n");
        Path page = folder.resolve("hostile.html");
        plescope(
                "html",
                log.toString(),
                "--symbols",
                symbols.toString(),
                "--threads",
                threads.toString(),
                "-o",
                page.toString());
        return page;
    }

    static String plescope(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                words,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                120);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
