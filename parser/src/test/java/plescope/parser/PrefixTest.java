package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.SchedWake;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/** Prefixes of all producers; the column rule decides for hostile comms. */
final class PrefixTest {
    private static final String ENTRY = "kvm_entry: vcpu 2\n";

    private static void assertHead(String line, int tid, int pcpu, int tgid, String comm) {
        Logs log = Logs.read(line);
        assertThat(log.events()).containsExactly(new KvmEntry(0, pcpu, tid, 1, 2, 0));
        if (comm == null) {
            assertThat(log.named()).isEmpty();
        } else {
            assertThat(log.named()).containsExactly(new ThreadNamed(0, pcpu, tid, 1, tid, tgid, comm));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b [003] 1.5:",
                "x: y ==> z",
                "3 55/66",
                "-dash-9",
                "comm=z pid=1",
                "[guest] <0>",
                "tab\there",
                "say \"hi\"",
                "a-7 [001] 2.0:",
                "kvm_exit: rip",
                "sp ",
                ""
            })
    void hostileCommsEndAtTheirColumn(String comm) {
        String column = " ".repeat(16 - comm.length()) + comm;
        assertHead(column + "   174 [001]     3.299988: kvm:" + ENTRY, 174, 1, -1, comm);
        assertHead(column + "   174/99    [001]     3.299988: kvm:" + ENTRY, 99, 1, 174, comm);
        assertHead(column + "-174     [001]     3.299988: " + ENTRY, 174, 1, -1, comm);
        assertHead(column + "-174     (    121) [001] d..2.     3.299988: " + ENTRY, 174, 1, 121, comm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "       CPU 2/KVM  2679 [006]   276.731819: kvm:", // perf
                "       CPU 2/KVM   2679 [006]   276.731819: kvm:", // perf 6.12: %7d
                "       CPU 2/KVM  2679 [006]   276.731819123:                      kvm:", // --ns
                "       CPU 2/KVM  2679 [006] K       276.731819: kvm:", // -F +misc
                "       CPU 2/KVM  2679 [006] 2026-11-20 10:47:14.551067   276.731819: kvm:", // -F +tod
                "       CPU 2/KVM  2679 [006]   276.731819:      16304               kvm:", // -F +period
                "CPU 2/KVM 2679 [006] 276.731819: kvm:", // slides, callchains
                "CPU 2/KVM 2679 [006] 276.731819 kvm:", // slides without the colon
                "       CPU 2/KVM-2679    [006] d..2.   276.731819: ", // ftrace
                "       CPU 2/KVM-2679    [006] d..1   276.731819: ", // 4 flags, before 5.15
                "       CPU 2/KVM-2679    [006] d...2..   276.731819: ", // PREEMPT_RT
                "       CPU 2/KVM    2679   6 9 00000001 0000036a [3f494327] 276731.819ms (+3.997ms): ", // verbose
                "       CPU 2/KVM-2679    [006]   276.731819: ", // no flags
                "       CPU 2/KVM-2679    (-------) [006] d..2.   276.731819: ", // unknown tgid
                "       CPU 2/KVM-2679    [006]   276.731819: (+4)     ", // trace-cmd --ts-diff
                "CPU 2/KVM-2679  [006] 276.731819: ", // ftrace, columns lost
                "2026-11-20 10:47:14.551067        CPU 2/KVM  2679 d... [006] 276.731819: kvm:", // perf-prof
                "fmtlab:        CPU 2/KVM-2679  [006]   276.731819: ", // trace-cmd, buffer instance
                "logs/b-1.txt:       CPU 2/KVM-2679    [006] d..2.   276.731819: ", // grep
                "12:       CPU 2/KVM-2679    [006] d..2.   276.731819: ", // grep -n
            })
    void everyProducerGivesTheSameHead(String prefix) {
        assertHead(prefix + ENTRY, 2679, 6, -1, "CPU 2/KVM");
    }

    @Test
    void missingFieldsAreUnknownNotErrors() {
        assertHead("       CPU 2/KVM  2679   276.731819: kvm:" + ENTRY, 2679, -1, -1, "CPU 2/KVM");
        assertHead(" 2679 [006]   276.731819: kvm:" + ENTRY, 2679, 6, -1, null);
        assertHead("    [006]   276.731819:                      kvm:" + ENTRY, -1, 6, -1, null);
        assertHead("             :-1    -1 [006]   276.731819: kvm:" + ENTRY, -1, 6, -1, null);
        assertHead("           <...>-2679    [006]   276.731819: " + ENTRY, 2679, 6, -1, null);
        assertHead("          <idle>-0       [006]   276.731819: " + ENTRY, 0, 6, -1, null);
        // latency formats cut the comm to 8 bytes: no name at all is better than half of one
        assertHead("CPU 2/KV-2679    6d..1. 1060997931us : " + ENTRY, 2679, 6, -1, null);
        assertHead("CPU 2/KV-2679    6d..1.   276.731819: " + ENTRY, 2679, 6, -1, null);
        assertHead("CPU 2/KV  2679   6   276.731819: kvm:" + ENTRY, 2679, 6, -1, null);
        assertHead(" 276.731819: " + ENTRY, -1, -1, -1, null);
        assertHead("qemu-kvm 276.731819:      kvm:" + ENTRY, -1, -1, -1, null);
        assertHead("    qemu-kvm [006] 276.731819: " + ENTRY, -1, 6, -1, null);
        // perf's name for a thread it knows nothing of
        assertHead("           :2679  2679 [006]   276.731819: kvm:" + ENTRY, 2679, 6, -1, null);
        assertHead("           :2678  2679 [006]   276.731819: kvm:" + ENTRY, 2679, 6, -1, ":2678");
        assertHead("     kworker/1:1   276.731819: kvm:" + ENTRY, -1, -1, -1, null);
        assertHead("     kworker/1:1 [006]   276.731819123: kvm:" + ENTRY, -1, 6, -1, null);
    }

    @Test
    void quotationMarksOfMailsAreNoPartOfTheName() {
        assertHead("> >>        CPU 2/KVM-2679  [006] d..2.   276.731819: " + ENTRY, 2679, 6, -1, "CPU 2/KVM");
        assertHead(">        CPU 2/KVM  2679 [006]   276.731819: kvm:" + ENTRY, 2679, 6, -1, "CPU 2/KVM");
        assertHead("\t   <...>-2679 [006]   276.731819: " + ENTRY, 2679, 6, -1, null);
        assertHead("| |       CPU 2/KVM-2679  [006] d..2.   276.731819: " + ENTRY, 2679, 6, -1, "CPU 2/KVM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " VM:13376 VCPU:003            uname  3404/3404  [002]  7919.408803461: kvm:",
                "trace-Fedora21.dat:            uname-3404  [002] d..2.  7919.408803: ",
                "  guest.dat:            uname-3404  [002]  7919.408803: ",
            })
    void linesOfGuestsAreLeftOutAndCounted(String guest) {
        Logs log = Logs.read("   host.dat:        CPU 2/KVM-2679  [006]   276.731819: " + ENTRY + guest + ENTRY);
        assertThat(log.events()).containsExactly(new KvmEntry(0, 6, 2679, 1, 2, 0));
        assertThat(log.summary.diagnostics().count(DiagnosticCode.GUEST_LINE)).isEqualTo(1);
    }

    @Test
    void commsThatEndInDigitsKeepThem() {
        assertHead("    kvm-vcpu-0-88776   [006]   276.731819: " + ENTRY, 88776, 6, -1, "kvm-vcpu-0");
        for (String comm : new String[] {"irq/29-iwlwifi", "flush-8:0", "snapshot-test-2", "memfd:sealed-91", "a-1"}) {
            assertHead(" ".repeat(16 - comm.length()) + comm + "-559   [006]   276.731819: " + ENTRY, 559, 6, -1, comm);
            assertHead(comm + "-559 [006]   276.731819: " + ENTRY, 559, 6, -1, comm);
            assertHead("\t" + comm + "-559 [006] d..2.  276.731819: " + ENTRY, 559, 6, -1, comm);
        }
    }

    @Test
    void aLostColumnThatLooksWholeIsNone() {
        // comm, dash and pid fill 16 bytes: no comm without a pid
        assertHead("     CPU-2386625 [094] 6598425.465405: " + ENTRY, 2386625, 94, -1, "CPU");
        assertHead("  sysjitter-2377  [004]   100.438470: " + ENTRY, 2377, 4, -1, "sysjitter");
        assertHead(" <idle>-0       1dN... 4285us!: " + ENTRY, 0, 1, -1, null);
        assertHead(" fc_vcpu-12     1dN... 4285us!: " + ENTRY, 12, 1, -1, null);
        assertHead("   [001] d..1.   276.731819: " + ENTRY, -1, 1, -1, null);
    }

    @Test
    void columnsTakenOutByHandAreUnknown() {
        assertHead("qemu-kvm-2679 276.731819: " + ENTRY, 2679, -1, -1, "qemu-kvm");
        assertHead("<...>-2679 276.731819: " + ENTRY, 2679, -1, -1, null);
        assertHead("d..1 276.731819: " + ENTRY, -1, -1, -1, null);
    }

    @Test
    void timesCountFromTheFirstEventInNanoseconds() {
        List<TraceEvent> events = Logs.read("""
             cpu     1 [000]     3.299988: kvm:kvm_entry: vcpu 0
             cpu     1 [000]     3.300001500: kvm:kvm_entry: vcpu 0
             cpu     1 [000] 1000004.000000: kvm:kvm_entry: vcpu 0
""").events();
        // 3.3000015 - 3.299988 = 0.0000135 s; 1000004 - 3.299988 = 1000000.700012 s
        assertThat(events).extracting(TraceEvent::timestampNs).containsExactly(0L, 13_500L, 1_000_000_700_012_000L);
    }

    @Test
    void hostileCommsInPayloadsAreReadFromTheRight() {
        Logs log = Logs.read(Logs.PERF
                + "sched:sched_switch: prev_comm=x: y ==> z prev_pid=7 prev_prio=120 prev_state=D|T ==>"
                + " next_comm= next_pid=1 9 next_pid=8 next_prio=0\n"
                + Logs.PERF
                + "sched:sched_waking: comm=z pid=1 pid=9 prio=120 target_cpu=003\n"
                + Logs.PERF
                + "sched_switch: a:1 [2] b:7 [120] S ==> x: y ==> z:8 [0]\n");
        SchedSwitch kernel = (SchedSwitch) log.events().get(0);
        assertThat(List.of(kernel.prevTid(), kernel.nextTid(), kernel.nextPrio()))
                .containsExactly(7, 8, 0);
        assertThat(((SchedWake) log.events().get(1)).wakeeTid()).isEqualTo(9);
        SchedSwitch plugin = (SchedSwitch) log.events().get(2);
        assertThat(List.of(plugin.prevTid(), plugin.nextTid(), plugin.nextPrio()))
                .containsExactly(7, 8, 0);
        assertThat(log.named())
                .extracting(event -> ((ThreadNamed) event).namedTid() + "=" + ((ThreadNamed) event).comm())
                .containsExactly(
                        "174=CPU 3/KVM", "7=x: y ==> z", "8= next_pid=1 9", "9=z pid=1", "7=a:1 [2] b", "8=x: y ==> z");
    }

    @Test
    void prefixNamesOutrankPayloadNames() {
        Logs log = Logs.read(Logs.PERF
                + "sched:sched_waking: comm=kworker/1:1 pid=9 prio=120 target_cpu=001\n"
                + " kworker/1:1-vir     9 [001]     3.299989: kvm:kvm_entry: vcpu 0\n"
                + Logs.PERF
                + "sched:sched_waking: comm=kworker/1:1 pid=9 prio=120 target_cpu=001\n");
        assertThat(log.named())
                .extracting(event -> ((ThreadNamed) event).comm())
                .containsExactly("CPU 3/KVM", "kworker/1:1", "kworker/1:1-vir");
    }

    @Test
    void commRecordsTellTheProcess() {
        Logs log = Logs.read("""
       CPU 0/KVM     0 [000]     0.000000: PERF_RECORD_COMM: CPU 0/KVM:13376/13381
       CPU 0/KVM 13381 [002]  7919.408803: kvm:kvm_entry: vcpu 0
""");
        assertThat(log.named()).containsExactly(new ThreadNamed(0, 0, 0, 1, 13381, 13376, "CPU 0/KVM"));
        assertThat(log.events()).containsExactly(new KvmEntry(0, 2, 13381, 2, 0, 0));
    }

    @Test
    void carriageReturnsMissingLastNewlineAndNoiseDoNotMatter() {
        Logs log = Logs.read("# tracer: nop\r\n\r\n##### CPU 1 buffer started ####\r\ncpus=2\r\nversion = 6\r\n"
                + Logs.PERF
                + "kvm:kvm_entry: vcpu 2\r\n\tffffffff813ad50a update_se+0x13a ([kernel.kallsyms])\r\n => do_idle\r\n"
                + Logs.PERF
                + "kvm:kvm_entry: vcpu 2");
        assertThat(log.events()).containsExactly(new KvmEntry(0, 1, 174, 6, 2, 0), new KvmEntry(0, 1, 174, 9, 2, 0));
        assertThat(log.summary.diagnostics().counts()).isEmpty();
        assertThat(log.summary.lines()).isEqualTo(9);
    }
}
