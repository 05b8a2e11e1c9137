package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.analysis.cli.CommandLineRun.plescope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Queries on logs and on databases, and answers of any length. */
final class SqlCommandTest {
    private static final String TRACE = """
            ' OR 1=1 --     137/141   [000]   100.000010: kvm:kvm_entry: vcpu 0, rip 0x80
            ' OR 1=1 --     137/141   [000]   100.000110: kvm:kvm_exit: vcpu 0 reason pause rip 0x80 info 0 0
            ' OR 1=1 --     137/141   [000]   100.000140: kvm:kvm_entry: vcpu 0, rip 0x80
            ' OR 1=1 --     137/141   [000]   100.000150: sched:sched_waking: comm=worker pid=77 prio=120 target_cpu=003
            ' OR 1=1 --     137/141   [000]   100.000190: kvm:kvm_exit: vcpu 0 reason msr rip 0x90 info 0 0
            ' OR 1=1 --     137/141   [000]   100.000191: kvm:kvm_msr: msr_write 830 = 0xb0000440b0
            ' OR 1=1 --     137/141   [000]   100.000193: sched:sched_switch: prev_comm=a prev_pid=141 prev_prio=120 prev_state=R+ ==> next_comm=b next_pid=0 next_prio=120
            ' OR 1=1 --     137/141   [000]   100.000194: kvm:kvm_newcomer: what it says
            """;

    private static CommandLineRun query(String sql) {
        return plescope(TRACE, "sql", "--trace", "-", sql, "--format", "csv");
    }

    @Test
    void eventsOfALogAreRowsWithWhatTheirLinesSay() {
        assertThat(query("SELECT line, time_ns, event, vcpu, reason, number, value FROM kvm_event ORDER BY line")
                        .out())
                .isEqualToNormalizingNewlines("""
                        line,time_ns,event,vcpu,reason,number,value
                        1,0,kvm_entry,0,,,
                        2,100000,kvm_exit,0,pause,,
                        3,130000,kvm_entry,0,,,
                        5,180000,kvm_exit,0,msr,,
                        6,181000,kvm_msr,,,2096,755914522800
                        8,184000,kvm_newcomer,,,,
                        """);
        assertThat(query("SELECT event, tgid, comm, prev_state, target_tid, target_pcpu FROM sched_event ORDER BY line")
                        .out())
                .isEqualToNormalizingNewlines("""
                        event,tgid,comm,prev_state,target_tid,target_pcpu
                        sched_waking,137,' OR 1=1 --,,77,3
                        sched_switch,137,' OR 1=1 --,PREEMPTED,,
                        """);
    }

    @Test
    void whatPlescopeMakesOfALogCanBeAskedForToo() {
        assertThat(query("SELECT reason, handling_ns FROM v_vm_exit WHERE handling_ns IS NOT NULL")
                        .out())
                .isEqualToNormalizingNewlines("reason,handling_ns\npause,30000\n");
        // both at once, of a stream that can be read but once
        assertThat(query("SELECT count(*) FROM vm_exit AS x JOIN event AS e ON e.line = x.line")
                        .out())
                .isEqualToNormalizingNewlines("count_star()\n2\n");
        assertThat(query("SELECT 41 + 1 AS answer").out()).isEqualToNormalizingNewlines("answer\n42\n");
    }

    @Test
    void nothingStaysBehind() throws IOException {
        List<String> before = leftovers();
        query("SELECT count(*) FROM event");
        assertThat(query("SELECT nothing FROM event").err()).contains("nothing");
        assertThat(leftovers()).isEqualTo(before);
    }

    private static List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("plescope-sql"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void errorsSayWhereInTheQuery() {
        CommandLineRun run = plescope("", "sql", ":memory:", "SELECT vcpu FRM vcpu");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("LINE 1: SELECT vcpu FRM vcpu", "^");
        assertThat(plescope("", "sql", "--trace", "-", "-").err()).contains("either the log or the query");
        assertThat(plescope("", "sql", "--trace", "a", "b", "c").err()).contains("sql needs a query; got 2 words");
    }

    @Test
    void longAnswersArePrintedAsTheyCome() {
        CommandLineRun run = plescope(
                "", "sql", ":memory:", "SELECT i, 'row ' || i AS t FROM range(300000) AS r(i)", "--format", "jsonl");
        assertThat(run.out().lines().count()).isEqualTo(300_000);
        assertThat(run.out()).startsWith("{\"i\": 0, \"t\": \"row 0\"}\n");
        CommandLineRun page = plescope("", "sql", ":memory:", "SELECT i FROM range(100007) AS r(i)");
        assertThat(page.out()).endsWith("\nand 7 more\n");
    }

    @Test
    void oneFormatFitsEachTaste() {
        String sql = "SELECT 1 AS a, 'x|y' AS b UNION ALL SELECT 2, NULL ORDER BY a";
        assertThat(plescope("", "sql", ":memory:", sql, "--format", "json").out())
                .isEqualTo("[\n  {\"a\": 1, \"b\": \"x|y\"},\n  {\"a\": 2, \"b\": null}\n]\n");
        assertThat(plescope("", "sql", ":memory:", sql, "--format", "jsonl").out())
                .isEqualTo("{\"a\": 1, \"b\": \"x|y\"}\n{\"a\": 2, \"b\": null}\n");
        assertThat(plescope("", "sql", ":memory:", sql, "--format", "markdown").out())
                .isEqualTo("| a | b |\n|---:|---|\n| 1 | x\\|y |\n| 2 |  |\n");
    }
}
