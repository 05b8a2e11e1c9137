package plescope.replay.workload;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.VmExit;
import plescope.replay.workload.IpiLedger.Broadcast;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * One vCPU's waits for its IPIs, from the last send to the last acknowledgement. Guest time in between is spin, whether or not
 * PLE exits show it: windows cut short by interrupts, runs that ended in a handler, and everything where PLE was off.
 */
final class AckWaits {
    /** The send's own exit ends this soon after the send was traced: 6.1 traces it before its kvm_exit [K]. */
    static final long SEND_EXIT_NS = 20_000;

    private final List<AckWait> waits = new ArrayList<>();

    /**
     * One wait, in recorded time.
     *
     * @param fromNs first guest entry after the last send
     * @param untilNs when the last receiver acknowledged, or when the sender was seen doing something else
     */
    record AckWait(Broadcast broadcast, long fromNs, long untilNs) {}

    private AckWaits() {}

    static AckWaits of(int vcpu, VcpuRecord record, IpiLedger ipis, SynchronousVectors synchronous) {
        AckWaits all = new AckWaits();
        List<Broadcast> sent = ipis.broadcasts(vcpu);
        int exit = 0;
        for (int i = 0; i < sent.size(); i++) {
            Broadcast broadcast = sent.get(i);
            if (!synchronous.isWaitedFor(vcpu, broadcast.vector())) {
                continue;
            }
            while (exit < record.exits.size() && record.exits.get(exit).entryNs() <= broadcast.sentNs()) {
                exit++;
            }
            long from = backInGuest(record, exit, broadcast.sentNs());
            long until = Math.min(answered(ipis, broadcast), nextAct(record, exit, sent, i, synchronous));
            all.waits.add(new AckWait(broadcast, from, Math.max(from, until)));
        }
        return all;
    }

    private static long backInGuest(VcpuRecord record, int exit, long sentNs) {
        if (exit < record.exits.size()) {
            VmExit sending = record.exits.get(exit);
            boolean sends = !isOtherAct(sending.reason().family());
            if (sends && sending.exitNs() <= sentNs + SEND_EXIT_NS) {
                return Math.max(sentNs, sending.entryNs());
            }
        }
        return sentNs;
    }

    /** Last acknowledgement; the send itself where one is unknown, so that nothing is claimed to be spin. */
    private static long answered(IpiLedger ipis, Broadcast broadcast) {
        long last = broadcast.sentNs();
        for (int id = broadcast.first(); id < broadcast.end(); id++) {
            long ack = ipis.get(id).ackNs();
            if (ack < 0) {
                return broadcast.sentNs();
            }
            last = Math.max(last, ack);
        }
        return last;
    }

    /** The sender's next waited-for broadcast, halt or I/O: whoever does that waits no longer. */
    private static long nextAct(
            VcpuRecord record, int exit, List<Broadcast> sent, int index, SynchronousVectors synchronous) {
        long next = Long.MAX_VALUE;
        for (int i = index + 1; i < sent.size() && next == Long.MAX_VALUE; i++) {
            if (synchronous.isWaitedFor(sent.get(i).sender(), sent.get(i).vector())) {
                next = sent.get(i).beganNs();
            }
        }
        for (int i = exit; i < record.exits.size() && record.exits.get(i).exitNs() < next; i++) {
            VmExit other = record.exits.get(i);
            if (isOtherAct(other.reason().family())
                    && other.exitNs() > sent.get(index).sentNs()) {
                return other.exitNs();
            }
        }
        return next;
    }

    private static boolean isOtherAct(Family family) {
        return family == Family.HALT || family == Family.IO;
    }

    List<AckWait> all() {
        return waits;
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }
}
