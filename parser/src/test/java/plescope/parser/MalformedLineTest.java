package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.CaretPrinter;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.text.LineSource;

/** Damaged lines: what is said about them, and that their neighbours are read. */
final class MalformedLineTest {
    private static final String GOOD = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";

    private static String printAll(Logs log) {
        return log.summary.diagnostics().kept().stream()
                .map(CaretPrinter::print)
                .collect(Collectors.joining());
    }

    @Test
    void damagedPayloadIsShownAtItsByte() {
        Logs log = Logs.read(GOOD
                + GOOD
                + "qemu-kvm-2211  [003] ....  812.400127: kvm_exit: vcpu x reason PAUSE_INSTRUCTION rip 0xffff\n"
                + GOOD);
        assertThat(log.events()).hasSize(3);
        assertThat(printAll(log)).isEqualTo("""
                        log.txt:3:55: error PLE-102: kvm_exit: expected the vCPU number, found 'x'
                           3 | qemu-kvm-2211  [003] ....  812.400127: kvm_exit: vcpu x reason PAUSE_INSTRUCTION rip 0xffff
                             |                                                       ^
                          hint: the line is damaged at the source; --lenient skips and counts such lines
                        """);
    }

    @Test
    void everyFieldSaysWhatItExpected() {
        assertThat(message("kvm:kvm_exit: vcpu 1 reason pause rip 0xg"))
                .endsWith("the guest's instruction pointer, found 'g'");
        assertThat(message("kvm:kvm_entry: vcpu 1, rip"))
                .endsWith("expected the rest of the event, found the end of the line");
        assertThat(message("kvm:kvm_eoi: apicid z vector 1"))
                .endsWith("kvm_eoi: expected a hexadecimal APIC id, found 'z'");
        assertThat(message("kvm:kvm_ple_window_update: vcpu 1 old 1 new -"))
                .endsWith("expected the new window, found '-'");
        assertThat(message("sched:sched_waking: comm=a pid=1 prio=x target_cpu=000"))
                .startsWith("sched_waking: expected the rest of the event");
    }

    @Test
    void linesThatRanTogetherAreDamageNotData() {
        String other = "       CPU 0/KVM-122     [000] .....     0.890127: kvm_entry: vcpu 0";
        for (String cut : new String[] {
            "kvm_exit: vcpu 0 reason pause rip 0xffff",
            "kvm_entry: vcpu 0, rip 0xffff",
            "kvm_ple_window_update: vcpu 0 old 3000 new 60",
            "kvm_msr: msr_write 830 = 0xb0",
            "kvm_eoi: apicid 0 vector 2",
            "kvm_inj_virq: IRQ 0xe",
        }) {
            assertThat(message(cut + other))
                    .startsWith(cut.substring(0, cut.indexOf(' ')))
                    .contains(", found ");
        }
    }

    @Test
    void aTimeThatLostItsPointKeepsItsPlace() {
        Logs log = Logs.read(GOOD + GOOD.replace("3.299988", "3299988") + GOOD);
        assertThat(log.events())
                .extracting(event -> event.line() + "@" + event.timestampNs())
                .containsExactly("1@0", "2@0", "3@0");
        assertThat(log.summary.diagnostics().count(DiagnosticCode.DAMAGED_PREFIX))
                .isEqualTo(1);
    }

    private static String message(String event) {
        Logs log = Logs.read(GOOD + Logs.PERF + event + "\n" + GOOD);
        Diagnostic found = log.summary.diagnostics().kept().get(0);
        assertThat(found.code()).isEqualTo(DiagnosticCode.DAMAGED_PAYLOAD);
        assertThat(found.line()).isEqualTo(2);
        return found.message();
    }

    @Test
    void damagedPrefixAndMissingEventName() {
        Logs log = Logs.read(GOOD
                + "       CPU 3/KVM   174 [0#1]     3.2: kvm:kvm_entry: vcpu 2\n"
                + Logs.PERF
                + "prev_comm=a prev_pid=1\n"
                + "hello\n");
        assertThat(log.summary.diagnostics().kept())
                .extracting(found -> found.code() + "@" + found.line() + ":" + found.column())
                .containsExactly("DAMAGED_PREFIX@2:1", "NO_EVENT_NAME@3:54", "NOT_A_TRACE_LINE@4:0");
    }

    @Test
    void clockGoesBackwardsBeyondTheWindow() {
        String first = "             cpu     1 [000]     5.000000: kvm:kvm_entry: vcpu 0\n";
        String second = "             cpu     1 [000]     5.002000: kvm:kvm_entry: vcpu 0\n";
        Logs log = Logs.read(first + second + second + second
                + "             cpu     1 [000]     4.000000: kvm:kvm_entry: vcpu 1\n");
        // the newest event is at 2 ms and the window is 1 ms, so the first has gone out; 4.0 s is 1.002 s before the
        // newest
        assertThat(printAll(log)).isEqualTo("""
                        log.txt:5: error PLE-105: the clock goes backwards by 1002000000 ns, more than the reorder window
                           5 |              cpu     1 [000]     4.000000: kvm:kvm_entry: vcpu 1
                          hint: give each recording by itself; perf script without --deltatime; trace-cmd with one clock
                        """);
        // it keeps its place: behind the event that has gone out at 0, before those still waiting
        assertThat(log.events())
                .extracting(event -> event.line() + "@" + event.timestampNs())
                .containsExactly("1@0", "5@0", "2@2000000", "3@2000000", "4@2000000");
    }

    @Test
    void strictStopsAtTheFirstError() {
        String bad = Logs.PERF + "kvm:kvm_entry: vcpu x\n";
        TraceFormatException refusal =
                Logs.refusal((GOOD + bad + GOOD).getBytes(StandardCharsets.UTF_8), new ReadOptions(true, 1, 0));
        assertThat(refusal.diagnostic().code()).isEqualTo(DiagnosticCode.DAMAGED_PAYLOAD);
        assertThat(refusal.diagnostic().line()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstFiveOfACodeAreKeptButAllAreCounted() {
        Logs log = Logs.read(GOOD + (Logs.PERF + "kvm:kvm_entry: vcpu x\n").repeat(9));
        assertThat(log.summary.diagnostics().kept()).hasSize(5);
        assertThat(log.summary.diagnostics().count(DiagnosticCode.DAMAGED_PAYLOAD))
                .isEqualTo(9);
    }

    @Test
    void endlessLinesAreSkippedInBoundedMemory() {
        Logs log = Logs.read(GOOD + "x".repeat(5 * LineSource.MAX_LINE) + "\n" + GOOD);
        assertThat(log.events()).extracting(event -> event.line()).containsExactly(1L, 3L);
        assertThat(log.summary.diagnostics().count(DiagnosticCode.LINE_TOO_LONG))
                .isEqualTo(1);
    }

    @Test
    void caretAlignsUnderTabsAndLongLinesAreCut() {
        assertThat(CaretPrinter.print(diagnostic(4, "a\tb\u001bx")))
                .isEqualTo("f:12:4: error PLE-102: message\n  12 | a\tb\u241bx\n     |  \t ^\n  hint: hint\n");
        // column 201: 110 columns stay left of the caret, 160 are shown
        String cut = CaretPrinter.print(diagnostic(201, "y".repeat(200) + "X" + "z".repeat(200)));
        assertThat(cut.lines().toList().get(1))
                .isEqualTo("  12 | ..." + "y".repeat(110) + "X" + "z".repeat(49) + "...");
        assertThat(cut.lines().toList().get(2)).isEqualTo("     |    " + " ".repeat(110) + "^");
    }

    private static Diagnostic diagnostic(int column, String text) {
        return new Diagnostic(DiagnosticCode.DAMAGED_PAYLOAD, "f", 12, column, text, "message", "hint");
    }

    @Test
    void aLogThatEndsInTheMiddleOfAnEventIsNotDamaged() {
        String cut = Logs.PERF + "kvm:kvm_exit: vcpu 2 reason pau";
        Logs log = Logs.read((GOOD + GOOD + cut).getBytes(StandardCharsets.UTF_8), new ReadOptions(true, 0, 0));
        assertThat(log.events()).hasSize(2);
        assertThat(log.summary.diagnostics().kept())
                .extracting(found -> found.code() + "@" + found.line())
                .containsExactly("LAST_LINE_CUT@3");
        assertThat(Logs.read(GOOD + cut + "\n" + GOOD).summary.diagnostics().kept())
                .extracting(found -> found.code() + "@" + found.line())
                .containsExactly("DAMAGED_PAYLOAD@2");
    }

    @Test
    void endlesslyManyEventNamesAreCountedTogetherInBoundedMemory() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append(Logs.PERF).append("made_up_").append(i).append(": a=1\n");
        }
        text.append(GOOD).append(Logs.PERF).append("x".repeat(300)).append(": a=1\n");
        text.append(Logs.PERF).append("made_up_7: a=1\n");
        ReadSummary summary = Logs.read(text.toString()).summary;
        assertThat(summary.eventCount()).isEqualTo(40_003);
        assertThat(summary.events())
                .hasSizeLessThan(20_000)
                .containsEntry("kvm_entry", 1L)
                .containsEntry("made_up_7", 2L);
        assertThat(summary.events().get("(further names)")).isGreaterThan(20_000L);
    }
}
