package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Clocks that are not one clock show in what cannot happen on one. */
final class CheckClocksTest {
    private static final String HEAD = "# tracer: nop\n";

    private record Said(int code, String out) {}

    private static Said check(String trace) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Main.run(
                new String[] {"check", "-", "--max-loss", "100"},
                new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)),
                print,
                print,
                Terminal.UNLIMITED_WIDTH);
        return new Said(code, out.toString(StandardCharsets.UTF_8));
    }

    private static String at(int cpu, int us) {
        return String.format(Locale.ROOT, "          <idle>-0       [00%d] d..2.     1.%06d: ", cpu, us);
    }

    private static String switched(int cpu, int us, int prev, int next) {
        return at(cpu, us) + "sched_switch: prev_comm=a prev_pid=" + prev
                + " prev_prio=120 prev_state=R ==> next_comm=b next_pid=" + next + " next_prio=120\n";
    }

    /** Thread 50 arrives on CPU 1 at 20 us and leaves CPU 0 at 45 us: CPU 0's clock is 25 us or more ahead. */
    @Test
    void aThreadOnTwoCpusAtOnceShowsClocksApart() {
        Said said = check(HEAD + switched(0, 10, 0, 50) + switched(1, 20, 0, 50) + switched(0, 45, 50, 0));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .containsPattern("damage +clocks-apart +1 +0.000010 s CPU 0 ahead of CPU 1 by 25.0 us or more");
    }

    @Test
    void aThreadThatMovesOnOneClockShowsNone() {
        String moved =
                switched(0, 10, 0, 50) + switched(0, 20, 50, 0) + switched(1, 20, 0, 50) + switched(1, 30, 50, 0);
        assertThat(check(HEAD + moved).out()).doesNotContain("clocks-apart");
        // the switch away from CPU 0 is lost; where the thread leaves CPU 1 tells nothing of clocks
        String torn = switched(0, 10, 0, 50) + switched(1, 20, 0, 50) + switched(1, 30, 50, 0);
        assertThat(check(HEAD + torn).out()).doesNotContain("clocks-apart");
    }

    /** Line 4 of CPU 0 is 30 us older than line 3 of CPU 0; CPU 1's line between them is no matter. */
    @Test
    void aCpuWhoseLinesGoBackSteppedItsClock() {
        String steps = at(0, 100) + "kvm_fpu: load\n" + at(1, 90) + "kvm_fpu: load\n" + at(0, 70) + "kvm_fpu: load\n"
                + at(0, 120) + "kvm_fpu: load\n";
        Said said = check(HEAD + steps);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .containsPattern("damage +clock-steps-back +1 +CPU 0 1 times, first [^,]+, up to 30.0 us");
        String merged = at(0, 100) + "kvm_fpu: load\n" + at(1, 90) + "kvm_fpu: load\n" + at(0, 120) + "kvm_fpu: load\n";
        assertThat(check(HEAD + merged).out())
                .doesNotContain("clock-steps-back")
                .contains("sorted-lines");
    }

    @Test
    void anotherRecordingIsNoLossOfEvents() {
        String one = HEAD + at(0, 10) + "kvm_entry: vcpu 1\n";
        Said said = check(one + one.replace("1.000010", "1.500000"));
        assertThat(said.out()).containsPattern("loss +PLE-202 +1 +line 3 ").doesNotContainPattern("loss +lost-events");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void onlyExitsAreNothingDamaged() {
        String exit = "kvm_exit: vcpu 1 reason hlt rip 0x10 info 0 0\n";
        String log = HEAD + at(0, 10) + exit + at(0, 20) + exit;
        assertThat(check(log).out()).containsPattern("note +one-sided +1 ").doesNotContain("exit-after-exit");
        String paired = HEAD + at(0, 5) + "kvm_entry: vcpu 1\n" + at(0, 10) + exit + at(0, 20) + exit;
        assertThat(check(paired).out()).containsPattern("note +unpaired +1 +CPU 0 1 \\(33.33 %\\)");
        // who halts must be woken: what tells of it is missed now
        assertThat(check(paired).out()).containsPattern("halt-polling, wake-ups +partial +kvm_halt_poll_ns");
    }
}
