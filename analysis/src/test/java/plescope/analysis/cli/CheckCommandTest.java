package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What {@code plescope check} says of logs with known faults. */
final class CheckCommandTest {
    private static final String TAIL =
            " info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000\n";

    /** One vCPU on CPU 0, two exits, one of them by PAUSE; process ids are printed. */
    private static final String CLEAN =
            "  CPU 0/KVM   137/141   [000]   100.000010:  kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080\n"
                    + "  CPU 0/KVM   137/141   [000]   100.000110:   kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000080"
                    + TAIL
                    + "  CPU 0/KVM   137/141   [000]   100.000140:  kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080\n"
                    + "  CPU 0/KVM   137/141   [000]   100.000190:   kvm:kvm_exit: vcpu 1 reason msr rip 0xffffffff81000090"
                    + TAIL
                    + "  CPU 0/KVM   137/141   [000]   100.000195:  kvm:kvm_entry: vcpu 1, rip 0xffffffff81000092\n";

    private static CommandLineRun check(String trace, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "check";
        args[1] = "-";
        System.arraycopy(more, 0, args, 2, more.length);
        return run(trace, args);
    }

    private static CommandLineRun run(String input, String... args) {
        return CommandLineRun.of(Terminal.UNLIMITED_WIDTH, input, args);
    }

    @Test
    void cleanLogsCountEventsAndLeaveNothingButWhatWasNotRecorded() {
        CommandLineRun outcome = check(CLEAN);
        assertThat(outcome.code()).isZero();
        // 3 entries in 185 us are 16216 a second.
        assertThat(outcome.out())
                .containsPattern("kvm_entry +3 +16216 +yes")
                .containsPattern("PLE exits +1\n")
                .contains("Nothing is damaged or lost.")
                .containsPattern("yields +partial +sched_switch +who ran after a PLE exit")
                .contains("perf record -a", "-e sched:sched_switch", "trace-cmd record")
                // Nobody halts, so nobody wakes.
                .doesNotContainPattern("lacks +kvm_halt_poll_ns");
    }

    /** One table at a time, so that machines can read it. */
    @Test
    void machinesGetOneTable() {
        String lack = check(CLEAN, "--table", "lack", "--format", "json").out();
        assertThat(lack).startsWith("[\n  {\"report\":").endsWith("]\n").contains("sched_switch");
        assertThat(check(CLEAN, "--format", "csv").out()).startsWith("grade,finding,count,where,meaning,remedy\r\n");
    }

    @Test
    void lossesAreToldWithTimeAndCpu() {
        String lossy = CLEAN.replaceFirst(
                "(?m)^(.*100.000140.*)$", "  CPU 0/KVM   137/141   [000]   100.000120: PERF_RECORD_LOST lost 7\n$1");
        CommandLineRun outcome = check(lossy, "--max-loss", "50");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out())
                .containsPattern("loss +lost-events +1 +0.000110 s CPU 0 7 events +7 events or more were lost");
    }

    @Test
    void tooMuchLossHasItsOwnExitCode() {
        String damaged = CLEAN + "  CPU 0/KVM   137/141   [000]   100.000200:   kvm:kvm_exit: vcpu one\n".repeat(2);
        assertThat(check(damaged).code()).isEqualTo(4);
        CommandLineRun allowed = check(damaged, "--max-loss", "100");
        assertThat(allowed.code()).isEqualTo(1);
        assertThat(allowed.out()).containsPattern("damage +PLE-102 +2 +line 6, 7 ");
        assertThat(check(damaged, "--strict").code()).isEqualTo(3);
    }

    @Test
    void logsWithoutPleExitsCannotTellWhoSpins() {
        CommandLineRun outcome = check(CLEAN.replace("reason pause", "reason intr"));
        assertThat(outcome.out()).containsPattern("none +PLE exits +who spins: PLE was off");
    }

    @Test
    void aBusyCpuThatComesInLateMayHaveWrapped() {
        StringBuilder log = new StringBuilder();
        // CPU 0 from 0 to 100 ms, CPU 1 from 60 ms on: later than a tenth of the span.
        for (int i = 0; i <= 100; i++) {
            log.append(waking(0, i));
            log.append(i >= 60 ? waking(1, i) : "");
        }
        CommandLineRun outcome = check(log.toString());
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("loss +cpu-starts-late +1 +CPU 1 from 0.060000 s ");
    }

    private static String waking(int cpu, int ms) {
        return String.format(
                "  CPU 0/KVM   137/141   [00%d]   100.%03d000: sched:sched_waking: comm=CPU 1/KVM pid=142 prio=120 target_cpu=001%n",
                cpu, ms);
    }

    @Test
    void wrappedBuffersAndRealLossesAreFound() {
        Path traces = Path.of(System.getProperty("plescope.root")).resolve("../shared/traces");
        Assumptions.assumeTrue(Files.isDirectory(traces), "the recordings are not here");
        CommandLineRun wrapped = run(
                "",
                "check",
                traces.resolve("zoo/ftrace-overwritten-small-buffer.txt").toString());
        assertThat(wrapped.code()).isEqualTo(1);
        assertThat(wrapped.out()).contains("PLE-304").containsPattern("cpu-starts-late +1 +CPU 1 ");
        CommandLineRun lossy = run(
                "", "check", traces.resolve("lossy/trace_pipe-lost-events.txt").toString());
        assertThat(lossy.code()).isEqualTo(1);
        assertThat(lossy.out()).containsPattern("lost-events +8 +0.000000 s CPU 1 1518 events");
        CommandLineRun clean = run(
                "",
                "check",
                traces.resolve("kvm/61-ticket-ple-pooled-perf/perf-script.txt.zst")
                        .toString());
        assertThat(clean.code()).isZero();
    }
}
