package plescope.analysis.store;

import java.util.EnumMap;
import java.util.Map;
import plescope.parser.event.ExitReason;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.Ipi;
import plescope.replay.model.ScheduleSink;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
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
    private ExitReason lastReason;
    private int lastReasonNumber;
    private boolean closed;

    ScheduleLoader(int run, LoadOrder.Turn turn) {
        this.run = run;
        this.turn = turn;
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
    public void episode(SpinEpisode e) {
        rows(LoadTable.SPIN_EPISODE)
                .put(run)
                .put(e.id())
                .put(e.vcpu())
                .put(e.startNs())
                .put(e.endNs())
                .put(e.pleExits())
                .put(e.spinNs())
                .put(e.guestRip())
                .put(e.end().ordinal())
                .put(e.origin().ordinal())
                .putUnless(NO_LINE, e.firstLine())
                .putUnless(NO_LINE, e.lastLine())
                .end();
    }

    @Override
    public void directedYield(DirectedYield y) {
        rows(LoadTable.DIRECTED_YIELD)
                .put(run)
                .put(y.episode())
                .put(y.spinner())
                .putUnless(UNKNOWN, y.pcpu())
                .put(y.exitNs())
                .put(y.outcome().ordinal())
                .putUnless(UNKNOWN, y.successorVcpu())
                .putUnless(UNKNOWN, y.successorTid())
                .putUnless(UNKNOWN, y.offCpuNs())
                .put(y.backBeforeProgress().ordinal())
                .put(y.hitCulprit().ordinal())
                .putUnless(UNKNOWN, y.target())
                .put(y.sameQueue().ordinal())
                .put(y.continuation().ordinal())
                .putUnless(NO_LINE, y.line())
                .end();
    }

    @Override
    public void waited(Wait w) {
        Wait.Queue queue = w.queue();
        rows(LoadTable.WAIT)
                .put(run)
                .put(w.episode())
                .put(w.cause().ordinal())
                .put(w.causeProbability())
                .put(w.evidence().ordinal())
                .put(w.entropyBits())
                .put(w.culprit() < 0 ? 1 : 0)
                .putUnless(UNKNOWN, queue.lock())
                .put(queue.ahead())
                .putUnless(UNKNOWN, queue.root())
                .put(queue.fifo())
                .put(w.heldUp().ordinal())
                .end();
        for (int i = 0; i < w.candidates().size(); i++) {
            candidate(w.episode(), i + 1, w.candidates().get(i));
        }
        receivers(w);
        for (Wait.EvidenceLine line : w.trail()) {
            rows(LoadTable.WAIT_EVIDENCE)
                    .put(run)
                    .put(w.episode())
                    .put(line.line())
                    .put(line.role())
                    .end();
        }
    }

    private void candidate(long episode, int rank, Wait.Candidate candidate) {
        rows(LoadTable.WAIT_CANDIDATE)
                .put(run)
                .put(episode)
                .put(rank)
                .put(candidate.vcpu())
                .put(candidate.probability())
                .putUnless(UNKNOWN, candidate.releaseNs())
                .putUnless(UNKNOWN, candidate.residual().fromNs())
                .putUnless(UNKNOWN, candidate.residual().leastNs())
                .putUnless(UNKNOWN, candidate.residual().likelyNs())
                .putUnless(UNKNOWN, candidate.residual().mostNs())
                .end();
    }

    private void receivers(Wait w) {
        long last = UNKNOWN;
        for (Wait.Receiver receiver : w.receivers()) {
            last = Math.max(last, receiver.handledNs());
        }
        for (Wait.Receiver receiver : w.receivers()) {
            rows(LoadTable.WAIT_RECEIVER)
                    .put(run)
                    .put(w.episode())
                    .put(receiver.vcpu())
                    .putUnless(UNKNOWN, receiver.handledNs())
                    .put(last != UNKNOWN && receiver.handledNs() == last ? 1 : 0)
                    .end();
        }
    }

    @Override
    public void ipi(Ipi i) {
        rows(LoadTable.IPI)
                .put(run)
                .putUnless(UNKNOWN, i.sender())
                .put(i.receiver())
                .put(i.vector())
                .put(i.sentNs())
                .putUnless(UNKNOWN, i.ackNs())
                .putUnless(NO_LINE, i.line())
                .putUnless(NO_LINE, i.ackLine())
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
        rows(LoadTable.CONTEXT_SWITCH)
                .put(run)
                .put(pcpu)
                .put(timeNs)
                .put(prevTid)
                .put(nextTid)
                .end();
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
