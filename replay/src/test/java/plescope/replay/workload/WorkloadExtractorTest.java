package plescope.replay.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.parser.event.ExitReason;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;

class WorkloadExtractorTest {
    private static final ExitReason PAUSE = reason("pause", ExitReason.Family.PAUSE);
    private static final ExitReason MSR = reason("msr", ExitReason.Family.MSR);
    private static final ExitReason HLT = reason("hlt", ExitReason.Family.HALT);
    private static final ExitReason INTERRUPT = reason("interrupt", ExitReason.Family.INTERRUPT);

    private final WorkloadExtractor extractor = new WorkloadExtractor();

    private static ExitReason reason(String name, ExitReason.Family family) {
        return new ExitReason(ExitReason.Isa.SVM, 0, name, family);
    }

    private static Roster twoVcpus() {
        return new Roster(
                List.of(new Roster.Vm(0, "vm0", -1, Roster.Grouping.INFERRED)),
                List.of(new Roster.Vcpu(0, 0, 0, 100, "CPU 0/KVM"), new Roster.Vcpu(1, 0, 1, 101, "CPU 1/KVM")),
                List.of(),
                1);
    }

    private void interval(int vcpu, VcpuState state, long start, long end) {
        extractor.interval(new VcpuInterval(vcpu, state, 0, start, end, Origin.RECORDED));
    }

    private void exit(int vcpu, ExitReason reason, long at, long entry) {
        extractor.vmExit(new VmExit(vcpu, 0, at, entry, reason, 0x1000, -1, 0, 1));
    }

    private static String spell(VcpuWork work) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < work.size(); i++) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(work.kind(i))
                    .append(' ')
                    .append(work.ns(i));
            if (work.ref(i) >= 0) {
                text.append('@').append(work.ref(i));
            }
        }
        return text.toString();
    }

    /** Work that only the host interrupted is one piece: ticks and preemption leave no step. */
    @Test
    void hostDecisionsLeaveNoTrace() {
        interval(0, VcpuState.GUEST, 0, 100);
        interval(0, VcpuState.HOST, 100, 110);
        exit(0, INTERRUPT, 100, 510);
        interval(0, VcpuState.PREEMPTED, 110, 500);
        interval(0, VcpuState.HOST, 500, 510);
        interval(0, VcpuState.GUEST, 510, 700);
        // 100 + 190 of work.
        assertThat(spell(extractor.extract(twoVcpus(), 700).work(0))).isEqualTo("COMPUTE 290");
    }

    /**
     * vcpu1 works 0..400. vcpu0 works 0..100, spins 100..160, loses the pCPU, and goes on at 600. The culprit is vcpu1, released
     * at 300, when it had done 300 of work.
     */
    @Test
    void aLockWaitPointsAtTheCulpritsWork() {
        interval(1, VcpuState.GUEST, 0, 400);
        interval(0, VcpuState.GUEST, 0, 100);
        interval(0, VcpuState.SPINNING, 100, 160);
        exit(0, PAUSE, 160, 600);
        interval(0, VcpuState.PREEMPTED, 160, 600);
        interval(0, VcpuState.GUEST, 600, 650);
        extractor.episode(episode(7, 0, 100, 600, 60));
        extractor.waited(new Wait(
                7, Wait.Cause.LOCK, 0.9, Wait.Evidence.INFERRED, List.of(new Wait.Candidate(1, 0.8, 300)), List.of()));
        assertThat(spell(extractor.extract(twoVcpus(), 650).work(0)))
                .isEqualTo("COMPUTE 100, SPIN_UNTIL_WORK 300@1, COMPUTE 50");
    }

    /** A release believed to be later than the end of the wait would be a cycle in the making: it is moved to the end. */
    @Test
    void aReleaseNeverLiesBehindTheEndOfItsWait() {
        interval(1, VcpuState.GUEST, 0, 400);
        interval(0, VcpuState.GUEST, 0, 100);
        interval(0, VcpuState.SPINNING, 100, 200);
        extractor.episode(episode(0, 0, 100, 200, 100));
        extractor.waited(new Wait(
                0, Wait.Cause.LOCK, 0.9, Wait.Evidence.INFERRED, List.of(new Wait.Candidate(1, 0.9, 350)), List.of()));
        assertThat(spell(extractor.extract(twoVcpus(), 400).work(0))).isEqualTo("COMPUTE 100, SPIN_UNTIL_WORK 200@1");
    }

    @Test
    void aWaitWithoutCulpritStaysAFixedSpin() {
        interval(0, VcpuState.GUEST, 0, 100);
        interval(0, VcpuState.SPINNING, 100, 160);
        interval(0, VcpuState.GUEST, 160, 200);
        extractor.episode(episode(0, 0, 100, 160, 60));
        extractor.waited(new Wait(0, Wait.Cause.UNKNOWN, 1, Wait.Evidence.INFERRED, List.of(), List.of()));
        assertThat(spell(extractor.extract(twoVcpus(), 200).work(0))).isEqualTo("COMPUTE 100, SPIN_FOR 60, COMPUTE 40");
    }

    /**
     * vcpu0 sends vector 251 twice. The first time it is seen waiting, the second time the answer came within the window: both
     * sends are followed by a wait in the workload, because this guest waits for vector 251. The waits last from the entry after the
     * send to the acknowledgement, 105..400 and 50170..50180; 165..400 is spin, although no PLE exit says so.
     */
    @Test
    void anIpiWaitTooShortToSeeIsStillPartOfTheWork() {
        interval(0, VcpuState.GUEST, 0, 100);
        interval(0, VcpuState.HOST, 100, 105);
        extractor.ipi(new Ipi(0, 1, 251, 102, 400, 1, 0));
        exit(0, MSR, 100, 105);
        interval(0, VcpuState.SPINNING, 105, 165);
        interval(0, VcpuState.GUEST, 165, 50_165);
        interval(0, VcpuState.HOST, 50_165, 50_170);
        extractor.ipi(new Ipi(0, 1, 251, 50_167, 50_180, 2, 0));
        exit(0, MSR, 50_165, 50_170);
        interval(0, VcpuState.GUEST, 50_170, 50_200);
        extractor.episode(episode(0, 0, 105, 165, 60));
        extractor.waited(new Wait(0, Wait.Cause.IPI, 0.9, Wait.Evidence.DIRECT, List.of(), List.of()));
        assertThat(spell(extractor.extract(twoVcpus(), 50_200).work(0)))
                .isEqualTo("COMPUTE 100, HOST 5@" + ExitReason.Family.MSR.ordinal()
                        + ", SEND_IPI 0@0, SPIN_UNTIL_ACKED 1@0, "
                        + "COMPUTE 49765, HOST 5@" + ExitReason.Family.MSR.ordinal()
                        + ", SEND_IPI 0@1, SPIN_UNTIL_ACKED 1@1, COMPUTE 20");
    }

    /** vcpu1 halts at 100; vcpu0 sends it an IPI at 198 and its context wakes vcpu1 at 200. Then vcpu1 halts until a timer. */
    @Test
    void haltsEndByTheIpiThatEndedThemOrAtTheirTime() {
        interval(1, VcpuState.GUEST, 0, 100);
        interval(1, VcpuState.BLOCKED, 102, 200);
        extractor.ipi(new Ipi(0, 1, 253, 198, -1, 5, 0));
        extractor.wakeup(new Wakeup(1, 200, 100, 0, 0, Wakeup.Source.SIBLING, 6));
        exit(1, HLT, 100, 210);
        interval(1, VcpuState.GUEST, 210, 300);
        interval(1, VcpuState.BLOCKED, 302, 900);
        extractor.wakeup(new Wakeup(1, 900, 0, -1, 0, Wakeup.Source.INTERRUPT, 9));
        exit(1, HLT, 300, 905);
        interval(1, VcpuState.GUEST, 905, 1000);
        interval(0, VcpuState.GUEST, 0, 1000);
        assertThat(spell(extractor.extract(twoVcpus(), 1000).work(1)))
                .isEqualTo("COMPUTE 100, HALT_UNTIL_IPI 0@0, COMPUTE 90, HALT_UNTIL_TIME 900, COMPUTE 95");
    }

    private static SpinEpisode episode(long id, int vcpu, long start, long end, long spin) {
        return new SpinEpisode(id, vcpu, start, end, 1, spin, 0x1000, SpinEpisode.End.PROGRESS, Origin.INFERRED, 1, 1);
    }
}
