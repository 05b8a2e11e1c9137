package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plescope.parser.event.EventsLost;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.SchedSwitch;
import plescope.parser.event.TaskState;
import plescope.parser.event.ThreadNamed;

/** perf's own records between the events: which thread belongs to which process, losses, switches. */
final class SideBandTest {
    private static final String ENTRY = "kvm:kvm_entry: vcpu 2\n";

    @Test
    void aForkedThreadHasItsProcessAndItsParentsName() {
        Logs log = Logs.read("       CPU 2/KVM   174 [001]     3.299988: " + ENTRY
                + "       CPU 2/KVM   174 [001]     3.299989: PERF_RECORD_FORK(170:175):(170:174)\n"
                + "       CPU 2/KVM   174 [001]     3.299990: PERF_RECORD_COMM: CPU 3/KVM:170/175\n");
        assertThat(log.named())
                .extracting(event -> named((ThreadNamed) event))
                .containsExactly("174 -1 CPU 2/KVM", "175 170 CPU 2/KVM", "175 170 CPU 3/KVM");
    }

    @Test
    void anIdUsedAgainIsAnotherThread() {
        Logs log = Logs.read("             old   175 [001]     3.299987: " + ENTRY
                + "             new   174 [001]     3.299988: " + ENTRY
                + "             old   175 [001]     3.299989: PERF_RECORD_EXIT(90:175):(1:1)\n"
                + "             new   174 [001]     3.299990: PERF_RECORD_FORK(170:175):(170:174)\n"
                + "             new   175 [001]     3.299991: " + ENTRY);
        assertThat(log.named())
                .extracting(event -> named((ThreadNamed) event))
                .containsExactly("175 -1 old", "174 -1 new", "175 90 old", "175 170 new");
    }

    @Test
    void switchRecordsStandInForTheTracepointUntilItShows() {
        String out =
                "       CPU 2/KVM   174 [001]     3.299988: PERF_RECORD_SWITCH_CPU_WIDE OUT preempt  next pid/tid:    15/16   \n";
        String blocked =
                "       CPU 2/KVM   174 [001]     3.299989: PERF_RECORD_SWITCH_CPU_WIDE OUT          next pid/tid: 170/175\n";
        String in =
                "       CPU 3/KVM   175 [001]     3.299990: PERF_RECORD_SWITCH_CPU_WIDE IN           prev pid/tid: 170/174\n";
        assertThat(Logs.read(out + blocked + in).events())
                .containsExactly(
                        new SchedSwitch(0, 1, 174, 1, 174, -1, TaskState.PREEMPTED, 16, -1),
                        new SchedSwitch(1000, 1, 174, 2, 174, -1, TaskState.UNKNOWN, 175, -1));
        String tracepoint = "       CPU 2/KVM   174 [001]     3.299987: sched:sched_switch: prev_comm=a prev_pid=174"
                + " prev_prio=120 prev_state=S ==> next_comm=b next_pid=16 next_prio=120\n";
        assertThat(Logs.read(tracepoint + out + blocked + in).events()).hasSize(1);
    }

    @Test
    void lostRecordsAreLosses() {
        assertThat(Logs.one("PERF_RECORD_LOST_SAMPLES lost 7")).isEqualTo(new EventsLost(0, 1, 174, 1, 7));
    }

    @Test
    void otherRecordsAreLeftOut() {
        Logs log = Logs.read(
                "         swapper     0 [000]     0.000000: PERF_RECORD_MMAP2 1319/1319: [0x7f6b01757000(0xd3000)"
                        + " @ 0xa000 00:01 24 0]: r-xp /memfd:x (deleted)\n" + Logs.PERF + ENTRY);
        assertThat(log.events()).containsExactly(new KvmEntry(0, 1, 174, 2, 2, 0));
        assertThat(log.summary.diagnostics().counts()).isEmpty();
    }

    private static String named(ThreadNamed name) {
        return name.namedTid() + " " + name.tgid() + " " + name.comm();
    }
}
