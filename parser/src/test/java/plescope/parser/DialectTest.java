package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.EventKind;
import plescope.parser.event.EventsLost;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.TraceEvent;

/** What printing lost or changed is told as a fact about the log, and nothing is mended in silence. */
final class DialectTest {
    private static final String FTRACE = "          <idle>-0       [001] d..2.     3.299988: ";

    private static Logs switches(String prefix, String... states) {
        StringBuilder log = new StringBuilder();
        for (String state : states) {
            log.append(prefix).append("sched_switch: prev_comm=a prev_pid=5 prev_prio=120 prev_state=");
            log.append(state).append(" ==> next_comm=b next_pid=6 next_prio=120\n");
        }
        return Logs.read(log.toString());
    }

    private static Logs plugin(String... states) {
        StringBuilder log = new StringBuilder();
        for (String state : states) {
            log.append(Logs.PERF)
                    .append("sched:sched_switch: a:5 [120] ")
                    .append(state)
                    .append(" ==> b:6 [120]\n");
        }
        return Logs.read(log.toString());
    }

    private static long count(Logs log, DiagnosticCode code) {
        return log.summary.diagnostics().count(code);
    }

    @Test
    void oldPluginsAreKnownByLettersThatKernelsNoLongerHave() {
        Logs old = plugin("R", "W", "x", "S");
        assertThat(count(old, DiagnosticCode.PLUGIN_TEXT)).isEqualTo(4);
        assertThat(count(old, DiagnosticCode.STATE_LETTERS)).isEqualTo(2);
        assertThat(count(plugin("R", "I", "P", "Z", "X"), DiagnosticCode.STATE_LETTERS))
                .isZero();
        assertThat(old.summary.kernel().before()).isNull(); // the letters are the plugin's, not the kernel's
    }

    @Test
    void stateLettersOfTheKernelDateIt() {
        assertThat(switches(FTRACE, "S", "I").summary.kernel().atLeast()).isEqualTo("4.14");
        assertThat(switches(FTRACE, "S", "D|W").summary.kernel().before()).isEqualTo("4.14");
        assertThat(switches(FTRACE, "x").summary.kernel().before()).isEqualTo("4.14");
        assertThat(switches(FTRACE, "R+", "S", "D", "X", "Z", "P")
                        .summary
                        .kernel()
                        .before())
                .isNull();
    }

    /** TASK_STATE_MAX was 1024, then 2048, then 4096; since 4.14 the bit is 256. */
    @Test
    void thePreemptedBitOfEveryKernelIsKnown() {
        List<TaskState> states = switches(FTRACE, "0", "256", "1024", "2048", "4096", "1", "D|K").events().stream()
                .map(event -> ((SchedSwitch) event).prevState())
                .toList();
        assertThat(states)
                .containsExactly(
                        TaskState.RUNNABLE,
                        TaskState.PREEMPTED,
                        TaskState.PREEMPTED,
                        TaskState.PREEMPTED,
                        TaskState.PREEMPTED,
                        TaskState.SLEEPING,
                        TaskState.UNINTERRUPTIBLE);
    }

    /** The second head stands behind the first recording's events; nothing is carried across. */
    @Test
    void aSecondHeadBeginsAnotherRecording() {
        String head = "# tracer: nop\n#\n";
        String one = head + FTRACE + "kvm_entry: vcpu 1\n";
        String later = one.replace("3.299988", "4.299988");
        Logs two = Logs.read(one + later);
        assertThat(two.events())
                .extracting(event -> event.kind() + " " + event.timestampNs())
                .containsExactly("KVM_ENTRY 0", "EVENTS_LOST 0", "KVM_ENTRY 1000000000");
        assertThat(((EventsLost) two.events().get(1)).pcpu()).isEqualTo(-1);
        assertThat(count(two, DiagnosticCode.NEW_RECORDING)).isEqualTo(1);
        assertThat(two.summary.lostEvents()).isZero();
        assertThat(count(Logs.read(head + one), DiagnosticCode.NEW_RECORDING)).isZero();
        assertThat(Logs.read(one).events()).noneMatch(event -> event.kind() == EventKind.EVENTS_LOST);
    }

    /** Ten days apart, and too few lines for any to have gone out: sorting them would mix two hosts. */
    @Test
    void aClockThatStepsBackAtOnceIsNoDisorder() {
        String first = FTRACE.replace("    3.299988", "864003.299988") + "kvm_entry: vcpu 1\n";
        Logs log = Logs.read(first + FTRACE + "kvm_entry: vcpu 2\n");
        assertThat(count(log, DiagnosticCode.CLOCK_BACKWARDS)).isEqualTo(1);
        // a window of 1 ms before the newest is as far back as an event may go
        assertThat(log.events()).extracting(TraceEvent::timestampNs).allMatch(time -> time >= -1_000_000);
    }

    @Test
    void linesOfTwoToolsAreNoticed() {
        Logs both = Logs.read(Logs.PERF + "kvm:kvm_entry: vcpu 1\n" + FTRACE + "kvm_entry: vcpu 1\n");
        assertThat(count(both, DiagnosticCode.SEVERAL_PRODUCERS)).isEqualTo(1);
        assertThat(count(switches(FTRACE, "S"), DiagnosticCode.SEVERAL_PRODUCERS))
                .isZero();
    }

    @Test
    void mendedLinesAndBareFieldsAreCounted() {
        String wrapped = Logs.PERF + "kvm:kvm_exit: vcpu 1 reason pause\n rip 0x10 info 0 0\n";
        Logs mended = Logs.read(wrapped.getBytes(StandardCharsets.UTF_8), Logs.TOLERANT.withRejoin(true));
        assertThat(count(mended, DiagnosticCode.MENDED)).isEqualTo(1);
        Logs bare = Logs.read(FTRACE + "kvm_entry: vcpu_id=1 rip=0x10\n");
        assertThat(count(bare, DiagnosticCode.BARE_FIELDS)).isEqualTo(1);
    }
}
