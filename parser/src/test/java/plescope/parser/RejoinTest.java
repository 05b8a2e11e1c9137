package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.TraceEvent;

/** Logs pasted from mails: quotation marks go, wrapped events come together, everything else stays as it is. */
final class RejoinTest {
    private static final ReadOptions REJOIN = Logs.TOLERANT.withRejoin(true);

    private static Logs rejoin(String text) {
        return Logs.read(text.getBytes(StandardCharsets.UTF_8), REJOIN);
    }

    private static List<TraceEvent> withoutLines(String text) {
        return rejoin(text).events();
    }

    private static final String EXIT = "kvm_exit: vcpu 2 reason PF excp rip 0x10 info1 0x0000000000000000";
    private static final String SWITCH =
            "sched_switch: prev_comm=CPU 2/KVM prev_pid=7 prev_prio=120 prev_state=R ==> next_comm=a next_pid=8 next_prio=120";

    @Test
    void anEventBrokenAtAnyBlankIsWhole() {
        String prefix = "       CPU 2/KVM-2679    [006] d..2.   276.731819: ";
        for (String event : new String[] {EXIT, SWITCH}) {
            TraceEvent whole = Logs.read(prefix + event + "\n").events().get(0);
            for (int blank = event.indexOf(' '); blank > 0; blank = event.indexOf(' ', blank + 1)) {
                String broken = prefix + event.substring(0, blank) + " \n" + event.substring(blank) + "\n";
                assertThat(withoutLines(broken)).as(broken).containsExactly(whole);
            }
        }
    }

    @Test
    void theNameMayStandOnALineOfItsOwn() {
        Logs log = rejoin("""
qemu-system-x86-5665  [000] ....   280.971121:
 kvm_exit: reason HLT rip 0x22da info 0
 0

qemu-system-x86-5665  [000] d..1   280.971122:
 kvm_entry: vcpu 0,
 rip
 0x22da
""");
        assertThat(log.events()).extracting(TraceEvent::line).containsExactly(1L, 5L);
        assertThat(log.summary.events()).isEqualTo(java.util.Map.of("kvm_exit", 1L, "kvm_entry", 1L));
    }

    @Test
    void quotationMarksGiveTheColumnsBack() {
        // only its column says where this comm ends
        Logs log = rejoin(
                "> >>  aaaa 1 [0] 2.0:  2679 [006]   276.731819: kvm:kvm_exit: vcpu 2\n> >> reason HLT rip 0x8 info 0 0\n");
        assertThat(log.events()).hasSize(1);
        assertThat(log.events().get(0).tid()).isEqualTo(2679);
    }

    @Test
    void escapesOfWebPagesBecomeWhatTheyStandFor() {
        TraceEvent whole = Logs.read("          <idle>-0       [001] d..2.   276.731819: " + SWITCH + "\n")
                .events()
                .get(0);
        String page =
                "\u00a0         &lt;idle&gt;-0       [001] d..2.   276.731819: " + SWITCH.replace(">", "&gt;") + "\n";
        assertThat(withoutLines(page)).containsExactly(whole);
        assertThat(withoutLines("&gt; &gt; " + page)).hasSize(1);
    }

    @Test
    void quotedPrintableIsDecodedAndItsLinesComeTogether() {
        // 76 characters and the mark of the break; every = of the text is =3D
        Logs log = rejoin("""
> >  qemu-system-x86-5665  [000] d..2.   280.971121: kvm_exit: reason HLT rip 0x22=
da info 0 0
> >  qemu-system-x86-5665  [000] d..2.   280.971122: sched_switch: prev_comm=3Dqemu-sy=
stem-x86 prev_pid=3D5665 prev_prio=3D120 prev_state=3DS =3D=3D> next_comm=3Da next=
_pid=3D8 next_prio=3D20
> >  qemu-system-x86-5665  [000] d..2.   280.971123: kvm_entry: vcpu 0,=20
> > rip 0x22da
""");
        assertThat(log.summary.events())
                .isEqualTo(java.util.Map.of("kvm_exit", 1L, "sched_switch", 1L, "kvm_entry", 1L));
        assertThat(((plescope.parser.event.KvmExit) log.events().get(0)).guestRip())
                .isEqualTo(0x22da);
        assertThat(((plescope.parser.event.SchedSwitch) log.events().get(1)).nextPrio())
                .isEqualTo(20);
    }

    @Test
    void aValueOfTwentyIsNoEncodedBlank() {
        String migrate = Logs.PERF + "sched_migrate_task: comm=a pid=7 prio=20 orig_cpu=3 dest_cpu=20\n";
        assertThat(withoutLines(migrate)).isEqualTo(Logs.read(migrate).events());
        // a ruler of a mail is no broken line
        assertThat(withoutLines("=".repeat(76) + "\n" + migrate)).hasSize(1);
    }

    @Test
    void anExitThatEndsBehindItsReasonIsWholeUnlessTheNextLineGoesOn() {
        String exit = Logs.PERF + "kvm:kvm_exit: vcpu 2 reason HLT\n";
        String entry = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";
        assertThat(rejoin(exit + "the guest halts\n" + entry).events())
                .extracting(TraceEvent::line)
                .containsExactly(1L, 3L);
        assertThat(rejoin(exit + "   rip 0x8 info 0 0\n" + entry).events())
                .extracting(TraceEvent::line)
                .containsExactly(1L, 3L);
        Logs wrapped = Logs.read(entry + exit + "   rip 0x8 info 0 0\n" + entry);
        assertThat(wrapped.summary.diagnostics().count(DiagnosticCode.DAMAGED_PAYLOAD))
                .isEqualTo(1);
    }

    @Test
    void whatNeverGetsItsRestIsDamage() {
        String cut = Logs.PERF + "kvm:kvm_exit: vcpu 2 reason\n";
        Logs log = rejoin(cut + cut + "\n" + Logs.PERF + "kvm:kvm_entry: vcpu 2\n" + cut);
        assertThat(log.events()).extracting(TraceEvent::line).containsExactly(4L);
        assertThat(log.summary.diagnostics().kept())
                .extracting(found -> found.code() + "@" + found.line())
                .containsExactly("DAMAGED_PAYLOAD@1", "DAMAGED_PAYLOAD@2", "LAST_LINE_CUT@5");
    }

    @Test
    void anEventIsNotLookedForWithoutEnd() {
        // eight parts at most: of the twenty words behind the first part, thirteen are prose again
        Logs log = rejoin(
                Logs.PERF + "kvm:kvm_entry: vcpu 2\n" + Logs.PERF + "kvm:kvm_exit: reason\n" + "word\n".repeat(20));
        assertThat(log.summary.diagnostics().count(DiagnosticCode.DAMAGED_PAYLOAD))
                .isEqualTo(1);
        assertThat(log.summary.diagnostics().count(DiagnosticCode.NOT_A_TRACE_LINE))
                .isEqualTo(13);
        assertThat(log.summary.lines()).isEqualTo(22);
    }

    @Test
    void withoutTheOptionTheRefusalNamesIt() {
        String wrapped = "qemu-system-x86-5665  [000] ....   280.971121:\n kvm_exit: reason HLT rip 0x22da info 0 0\n";
        assertThat(Logs.refusal(wrapped.repeat(3)).diagnostic().hint())
                .isEqualTo("the lines look wrapped: --rejoin puts them together");
        String escaped = "the lines look copied from a mail or a web page: --rejoin makes them whole";
        String entry = Logs.PERF + "kvm:kvm_entry: vcpu 2\n";
        assertThat(Logs.refusal(entry + Logs.PERF + SWITCH.replace(">", "&gt;") + "\n" + entry)
                        .diagnostic()
                        .hint())
                .isEqualTo(escaped);
        assertThat(Logs.refusal(entry + Logs.PERF + "kvm:kvm_entry: vcpu =\n2\n" + entry)
                        .diagnostic()
                        .hint())
                .isEqualTo(escaped);
    }

    @Test
    void pastedPublicLogsAreRead() throws IOException {
        assertThat(read("31-qemu-pckbd-ftrace-wrapped.txt").summary.events())
                .containsEntry("kvm_exit", 8L)
                .containsEntry("kvm_entry", 7L);
        assertThat(read("46-arm64-kvm-exit-trap-wrapped.txt").summary.events())
                .isEqualTo(java.util.Map.of("kvm_exit", 3L, "kvm_entry", 3L));
    }

    private static Logs read(String file) throws IOException {
        byte[] log = Files.readAllBytes(TraceFolder.root().resolve("public").resolve(file));
        return Logs.read(log, ReadOptions.LENIENT.withRejoin(true));
    }
}
