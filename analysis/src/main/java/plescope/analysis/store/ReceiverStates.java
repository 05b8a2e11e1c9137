package plescope.analysis.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import plescope.replay.model.Ipi;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

/**
 * Finds what the receiver of each IPI was doing when it was sent, while a schedule is told: sends are told at once, intervals when they
 * are over, IPIs when they were handled. Rows go on in the order in which they came, each when its answer is known; what is held are
 * the IPIs under way.
 */
final class ReceiverStates {
    /** Rows that wait for an answer; beyond it the oldest goes without. 6 MB, which takes a receiver that stands still [I]. */
    static final int MOST_WAITING = 65_536;

    private final BiConsumer<Ipi, VcpuState> out;
    private final List<Receiver> receivers = new ArrayList<>();
    private final Deque<Send> waiting = new ArrayDeque<>();

    /** One vCPU as a receiver. */
    private static final class Receiver {
        /** Of its last interval. */
        private VcpuState last = VcpuState.UNKNOWN;
        /** Sends that no interval has reached. */
        private final Deque<Send> asked = new ArrayDeque<>(0);
        /** Sends whose rows have not come. */
        private final Deque<Send> underWay = new ArrayDeque<>(0);
    }

    /** One IPI. */
    private static final class Send {
        private final int sender;
        private final int vector;
        private final long sentNs;
        /** Null until an interval tells. */
        private VcpuState state;
        /** Null until it was handled. */
        private Ipi row;

        Send(int sender, int vector, long sentNs) {
            this.sender = sender;
            this.vector = vector;
            this.sentNs = sentNs;
        }

        boolean is(Ipi ipi) {
            return ipi.sentNs() == sentNs && ipi.vector() == vector && ipi.sender() == sender;
        }
    }

    /** @param out takes each row with the state of its receiver */
    ReceiverStates(BiConsumer<Ipi, VcpuState> out) {
        this.out = out;
    }

    void sent(int sender, int receiver, int vector, long timeNs) {
        receiver(receiver).underWay.add(ask(receiver, sender, vector, timeNs));
    }

    void interval(VcpuInterval interval) {
        Receiver receiver = receiver(interval.vcpu());
        if (!receiver.asked.isEmpty()) {
            answer(receiver, interval);
            writeAnswered();
        }
        receiver.last = interval.state();
    }

    void ipi(Ipi ipi) {
        Send send = underWay(ipi);
        send.row = ipi;
        waiting.add(send);
        if (waiting.size() > MOST_WAITING && waiting.getFirst().state == null) {
            waiting.getFirst().state = VcpuState.UNKNOWN;
        }
        writeAnswered();
    }

    /** No interval will come any more: the last one stands. */
    void finish() {
        for (Receiver receiver : receivers) {
            for (Send send : receiver.asked) {
                send.state = receiver.last;
            }
            receiver.asked.clear();
        }
        writeAnswered();
    }

    private static void answer(Receiver receiver, VcpuInterval interval) {
        for (Iterator<Send> asked = receiver.asked.iterator(); asked.hasNext(); ) {
            Send send = asked.next();
            if (send.sentNs < interval.endNs()) {
                send.state = send.sentNs < interval.startNs() ? receiver.last : interval.state();
                asked.remove();
            }
        }
    }

    private void writeAnswered() {
        while (!waiting.isEmpty() && waiting.getFirst().state != null) {
            Send send = waiting.removeFirst();
            out.accept(send.row, send.state);
        }
    }

    private Send underWay(Ipi ipi) {
        for (Iterator<Send> open = receiver(ipi.receiver()).underWay.iterator(); open.hasNext(); ) {
            Send send = open.next();
            if (send.is(ipi)) {
                open.remove();
                return send;
            }
        }
        // Stored schedules, told again, tell the row at the time of the send.
        return ask(ipi.receiver(), ipi.sender(), ipi.vector(), ipi.sentNs());
    }

    private Send ask(int receiver, int sender, int vector, long timeNs) {
        Send send = new Send(sender, vector, timeNs);
        receiver(receiver).asked.add(send);
        return send;
    }

    private Receiver receiver(int vcpu) {
        while (receivers.size() <= vcpu) {
            receivers.add(new Receiver());
        }
        return receivers.get(vcpu);
    }
}
