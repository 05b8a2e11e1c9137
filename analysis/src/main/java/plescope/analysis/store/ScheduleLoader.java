package plescope.analysis.store;

import java.util.EnumMap;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.WakeEdge;
import plescope.replay.model.Wakeup;

/**
 * Stores one schedule, recorded or simulated, as rows of one {@code run}.
 *
 * <p>Memory is bounded: each table collects one batch and hands it over. One thread per loader; several loaders may work at the
 * same time.
 */
public final class ScheduleLoader implements ScheduleSink, AutoCloseable {
    private static final long UNKNOWN = -1;
    private static final long NO_LINE = 0;
    private static final long NO_WINDOW = 0;

    private final int run;
    private final LoadOrder.Turn turn;
    private final Map<LoadTable, ColumnBatch> batches = new EnumMap<>(LoadTable.class);
    private final SwitchCounter switches = new SwitchCounter();
    private final SpinRows spins;
    private final ReceiverStates receivers = new ReceiverStates(this::write);
    private final PcpuWaits waits = new PcpuWaits(new Waits());
    private ExitReason lastReason;
    private int lastReasonNumber;
    private boolean closed;

    ScheduleLoader(int run, LoadOrder.Turn turn) {
        this.run = run;
        this.turn = turn;
        this.spins = new SpinRows(run, this::rows);
    }

    /** Context switches seen so far, by the thread switched to. */
    public SwitchCounter switches() {
        return switches;
    }

    /** What the reader should know of how the schedule was stored, null for nothing. */
    public String finding() {
        return turn.hasOtherReasons()
                ? "more than " + ExitReasonNumbers.MOST + " kinds of exit reasons: the others count as (other reasons)"
                : null;
    }

    @Override
    public void interval(VcpuInterval i) {
        receivers.interval(i);
        waits.interval(i);
        rows(LoadTable.VCPU_INTERVAL)
                .put(run)
                .put(i.vcpu())
                .put(i.state().ordinal())
                .putUnless(UNKNOWN, i.pcpu())
                .put(i.startNs())
                .put(i.endNs())
                .put(i.origin().ordinal())
                .end();
    }

    @Override
    public void vmExit(VmExit x) {
        if (!x.reason().equals(lastReason)) {
            lastReason = x.reason();
            lastReasonNumber = turn.localReason(lastReason);
        }
        rows(LoadTable.VM_EXIT)
                .put(run)
                .put(x.vcpu())
                .putUnless(UNKNOWN, x.pcpu())
                .put(x.exitNs())
                .putUnless(UNKNOWN, x.entryNs())
                .put(lastReasonNumber)
                .put(x.guestRip())
                .putUnless(UNKNOWN, x.guestNs())
                .putUnless(NO_WINDOW, x.window())
                .putUnless(NO_LINE, x.line())
                .end();
    }

    @Override
    public void episode(SpinEpisode episode) {
        spins.episode(episode);
    }

    @Override
    public void directedYield(DirectedYield yielded) {
        spins.directedYield(yielded);
    }

    @Override
    public void waited(Wait wait) {
        spins.waited(wait);
    }

    @Override
    public void sendsIpi(int sender, int receiver, int vector, long timeNs) {
        receivers.sent(sender, receiver, vector, timeNs);
    }

    @Override
    public void ipi(Ipi i) {
        receivers.ipi(i);
    }

    private void write(Ipi i, VcpuState receiverState) {
        rows(LoadTable.IPI)
                .put(run)
                .putUnless(UNKNOWN, i.sender())
                .put(i.receiver())
                .put(i.vector())
                .put(i.sentNs())
                .putUnless(UNKNOWN, i.ackNs())
                .putUnless(NO_LINE, i.line())
                .putUnless(NO_LINE, i.ackLine())
                .put(receiverState.ordinal())
                .end();
    }

    @Override
    public void wakeup(Wakeup w) {
        rows(LoadTable.WAKEUP)
                .put(run)
                .put(w.vcpu())
                .put(w.timeNs())
                .putUnless(UNKNOWN, w.wakerTid())
                .putUnless(UNKNOWN, w.wakerVcpu())
                .putUnless(UNKNOWN, w.pcpu())
                .put(w.source().ordinal())
                .putUnless(NO_LINE, w.line())
                .end();
    }

    @Override
    public void wakeEdge(WakeEdge w) {
        rows(LoadTable.WAKE_EDGE)
                .put(run)
                .put(w.vcpu())
                .put(w.timeNs())
                .putUnless(UNKNOWN, w.ranNs())
                .put(w.source().ordinal())
                .putUnless(UNKNOWN, w.sender())
                .putUnless(UNKNOWN, w.vector())
                .putUnless(NO_LINE, w.ipiLine())
                .end();
    }

    @Override
    public void timerArmed(int vcpu, long timeNs, long deadline) {
        rows(LoadTable.TIMER_ARMED).put(run).put(vcpu).put(timeNs).put(deadline).end();
    }

    @Override
    public void contextSwitch(int pcpu, long timeNs, int prevTid, int nextTid) {
        switches.add(nextTid);
        waits.contextSwitch(pcpu, timeNs, nextTid);
        rows(LoadTable.CONTEXT_SWITCH)
                .put(run)
                .put(pcpu)
                .put(timeNs)
                .put(prevTid)
                .put(nextTid)
                .end();
    }

    /** Writes who waited where for whom. */
    private final class Waits implements PcpuWaits.Rows {
        @Override
        public void stayed(int vcpu, int pcpu, long startNs, long endNs) {
            rows(LoadTable.PCPU_STAY)
                    .put(run)
                    .put(vcpu)
                    .put(pcpu)
                    .put(startNs)
                    .put(endNs)
                    .end();
        }

        @Override
        public void waited(int vcpu, int pcpu, int holder, long heldNs, long spinningNs) {
            rows(LoadTable.PCPU_WAIT)
                    .put(run)
                    .put(vcpu)
                    .put(pcpu)
                    .put(holder < 0 ? ~holder : ColumnBatch.NULL)
                    .put(holder < 0 ? ColumnBatch.NULL : holder)
                    .put(heldNs)
                    .put(spinningNs)
                    .end();
        }
    }

    /**
     * Hands over the last rows, and waits until they are in the tables unless a loader opened before it is still open. What was
     * wrong while storing comes out here at the latest.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            spins.finish();
            receivers.finish();
            waits.finish();
            for (ColumnBatch batch : batches.values()) {
                if (batch.rows() > 0) {
                    turn.write(batch);
                }
            }
        } finally {
            turn.finish();
        }
    }

    private ColumnBatch rows(LoadTable table) {
        ColumnBatch batch = batches.get(table);
        if (batch == null || batch.isFull()) {
            batch = turn.exchange(batch, table);
            batches.put(table, batch);
        }
        return batch;
    }
}
