package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plescope.replay.model.Ipi;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

final class ReceiverStatesTest {
    private final List<String> rows = new ArrayList<>();
    private final ReceiverStates states = new ReceiverStates((ipi, state) -> rows.add(ipi.sentNs() + " " + state));

    private void interval(int vcpu, VcpuState state, long startNs, long endNs) {
        states.interval(new VcpuInterval(vcpu, state, 0, startNs, endNs, Origin.RECORDED));
    }

    private void sent(int receiver, long timeNs) {
        states.sent(0, receiver, 251, timeNs);
    }

    private void handled(int receiver, long sentNs) {
        states.ipi(new Ipi(0, receiver, 251, sentNs, -1, 0, 0));
    }

    /** The moment at which one state ends belongs to the next. */
    @Test
    void anIntervalHoldsFromItsStartUpToItsEnd() {
        sent(1, 99);
        sent(1, 100);
        sent(1, 199);
        sent(1, 200);
        interval(1, VcpuState.GUEST, 0, 100);
        interval(1, VcpuState.PREEMPTED, 100, 200);
        interval(1, VcpuState.HOST, 200, 300);
        for (long at : new long[] {99, 100, 199, 200}) {
            handled(1, at);
        }
        assertThat(rows).containsExactly("99 GUEST", "100 PREEMPTED", "199 PREEMPTED", "200 HOST");
    }

    @Test
    void anIpiHandledBeforeItsReceiversIntervalEndsWaitsForIt() {
        sent(1, 50);
        sent(2, 60);
        handled(1, 50);
        interval(2, VcpuState.BLOCKED, 0, 80);
        handled(2, 60);
        // What was told later stays behind.
        assertThat(rows).isEmpty();
        interval(1, VcpuState.SPINNING, 0, 70);
        assertThat(rows).containsExactly("50 SPINNING", "60 BLOCKED");
    }

    /** As stored schedules are told again: the row at the time of the send, no word before. */
    @Test
    void aRowWithoutASendAsksForItself() {
        interval(1, VcpuState.GUEST, 0, 40);
        handled(1, 50);
        interval(1, VcpuState.WAITING, 40, 60);
        assertThat(rows).containsExactly("50 WAITING");
    }

    @Test
    void afterTheLastIntervalItsStateStandsAndBeforeTheFirstNone() {
        interval(1, VcpuState.HALT_POLL, 0, 40);
        handled(1, 50);
        handled(2, 60);
        assertThat(rows).isEmpty();
        states.finish();
        assertThat(rows).containsExactly("50 HALT_POLL", "60 UNKNOWN");
    }

    @Test
    void aReceiverThatStandsStillHoldsUpNoMoreRowsThanTheMost() {
        handled(1, 1);
        for (int i = 0; i < ReceiverStates.MOST_WAITING; i++) {
            handled(2, 5);
        }
        assertThat(rows).containsExactly("1 UNKNOWN");
    }
}
