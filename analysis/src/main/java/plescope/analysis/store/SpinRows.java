package plescope.analysis.store;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.DirectedYield;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;

/**
 * Writes what a spin episode left, its yields and its wait, each with what reports would else have to look up in the other two: on a
 * long log, such a join holds every episode.
 */
final class SpinRows {
    private static final long UNKNOWN = -1;
    private static final long NO_LINE = 0;

    private final int run;
    private final Batches batches;
    /** Null before the first. */
    private SpinEpisode episode;
    /** The episode's yields wait for its verdict, which comes last. */
    private final List<DirectedYield> yields = new ArrayList<>();

    /** Where rows go. */
    interface Batches {
        /** A batch of this table with room for a row. */
        ColumnBatch rows(LoadTable table);
    }

    SpinRows(int run, Batches batches) {
        this.run = run;
        this.batches = batches;
    }

    void episode(SpinEpisode e) {
        flush(UNKNOWN);
        episode = e;
        batches.rows(LoadTable.SPIN_EPISODE)
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

    void directedYield(DirectedYield y) {
        yields.add(y);
    }

    void waited(Wait w) {
        Wait.Queue queue = w.queue();
        Wait.Candidate first = w.candidates().isEmpty() ? null : w.candidates().get(0);
        flush(w.culprit());
        batches.rows(LoadTable.WAIT)
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
                .put(episode.vcpu())
                .put(episode.pleExits())
                .put(episode.spinNs())
                .putUnless(UNKNOWN, first == null ? UNKNOWN : first.vcpu())
                .putUnless(UNKNOWN, first == null ? UNKNOWN : first.residual().likelyNs())
                .end();
        candidates(w);
        receivers(w);
        for (Wait.EvidenceLine line : w.trail()) {
            batches.rows(LoadTable.WAIT_EVIDENCE)
                    .put(run)
                    .put(w.episode())
                    .put(line.line())
                    .put(line.role())
                    .end();
        }
    }

    /** Nothing more will come. */
    void finish() {
        flush(UNKNOWN);
    }

    /** Writes the yields of the episode, whose verdict names this culprit, {@link #UNKNOWN} where there is none. */
    private void flush(long culprit) {
        for (int i = 0; i < yields.size(); i++) {
            write(yields.get(i), culprit);
        }
        yields.clear();
    }

    private void write(DirectedYield y, long culprit) {
        batches.rows(LoadTable.DIRECTED_YIELD)
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
                .put(episode.spinNs() / Math.max(1, episode.pleExits()))
                .putUnless(UNKNOWN, culprit)
                .end();
    }

    private void candidates(Wait w) {
        for (int i = 0; i < w.candidates().size(); i++) {
            Wait.Candidate candidate = w.candidates().get(i);
            batches.rows(LoadTable.WAIT_CANDIDATE)
                    .put(run)
                    .put(w.episode())
                    .put(i + 1)
                    .put(candidate.vcpu())
                    .put(candidate.probability())
                    .putUnless(UNKNOWN, candidate.releaseNs())
                    .putUnless(UNKNOWN, candidate.residual().fromNs())
                    .putUnless(UNKNOWN, candidate.residual().leastNs())
                    .putUnless(UNKNOWN, candidate.residual().likelyNs())
                    .putUnless(UNKNOWN, candidate.residual().mostNs())
                    .end();
        }
    }

    private void receivers(Wait w) {
        long last = UNKNOWN;
        for (Wait.Receiver receiver : w.receivers()) {
            last = Math.max(last, receiver.handledNs());
        }
        for (Wait.Receiver receiver : w.receivers()) {
            batches.rows(LoadTable.WAIT_RECEIVER)
                    .put(run)
                    .put(w.episode())
                    .put(receiver.vcpu())
                    .putUnless(UNKNOWN, receiver.handledNs())
                    .put(last != UNKNOWN && receiver.handledNs() == last ? 1 : 0)
                    .end();
        }
    }
}
