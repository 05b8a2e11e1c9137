package plescope.replay.spin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Roster;

class LockQueuesTest {
    private static final long MS = 1_000_000;
    private static final long LOOP = 0x1000;
    private static final long WORK = 0x9000;
    private static final GuestSymbols CODE =
            GuestSymbols.NONE.withSpinCode(List.of(new SpinPlace.Range("vm0", 0x0ff0, 0x1010, SpinPlace.Kind.LOCK, 0)));
    private static final Roster ROSTER = new Roster(
            List.of(new Roster.Vm(0, "vm0", 100, Roster.Grouping.TGID)),
            List.of(new Roster.Vcpu(0, 0, 0, 101, "CPU 0/KVM"), new Roster.Vcpu(1, 0, 1, 102, "CPU 1/KVM")),
            List.of(),
            1);

    private GuestSamples one;
    private GuestSamples two;

    @BeforeEach
    void setUp() {
        one = new GuestSamples();
        two = new GuestSamples();
    }

    /** Both share a pCPU, 3 of 4 ms each in turn; a tick ends every run and finds the vCPU at {@code rip}. */
    private void turns(int from, int turns, long ripOfOne, long ripOfTwo) {
        for (int turn = from; turn < from + turns; turn++) {
            run(one, 8 * turn, ripOfOne);
            run(two, 8 * turn + 4, ripOfTwo);
        }
    }

    private static void run(GuestSamples vcpu, int atMs, long rip) {
        vcpu.ran(atMs * MS, (atMs + 3) * MS);
        vcpu.interrupted(rip);
        vcpu.sampled((atMs + 3) * MS, rip);
    }

    private LockQueues queues() {
        return LockQueues.of(ROSTER, 0, List.of(one, two), CODE);
    }

    /** 10 turns: 20 samples, all in the loop; the very first has a sibling that has not run yet. */
    @Test
    void spinnersAmongPreemptedSpinnersProveAQueue() {
        turns(0, 10, LOOP, LOOP);
        assertThat(queues()).isEqualTo(new LockQueues(19, 19));
        assertThat(queues().verdict()).isEqualTo(LockQueues.Verdict.FIFO);
    }

    @Test
    void spinnersBehindAPreemptedWorkerShowNone() {
        turns(0, 20, WORK, LOOP);
        assertThat(queues()).isEqualTo(new LockQueues(20, 0));
        assertThat(queues().verdict()).isEqualTo(LockQueues.Verdict.BARGING);
    }

    @Test
    void aHaltedSiblingIsNoSuspect() {
        turns(0, 1, WORK, LOOP);
        one.blocked();
        turns(1, 20, WORK, LOOP);
        assertThat(queues().judged()).isEqualTo(20);
    }

    /** The last of 20 samples, and one more, follow a run whose end says nothing. */
    @Test
    void aSiblingThatLeftForAnotherReasonLeavesItOpen() {
        turns(0, 20, WORK, LOOP);
        one.unknownEnd();
        run(two, 200, LOOP);
        assertThat(queues().judged()).isEqualTo(19);
    }

    @Test
    void fewSamplesLeaveItOpen() {
        turns(0, 5, LOOP, LOOP);
        assertThat(queues().verdict()).isEqualTo(LockQueues.Verdict.OPEN);
    }
}
