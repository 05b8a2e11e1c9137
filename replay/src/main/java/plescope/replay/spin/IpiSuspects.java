package plescope.replay.spin;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.Wait;
import plescope.replay.model.Wait.EvidenceLine;
import plescope.replay.spin.OffStretches.OffStretch;

/** Who may have been the last to acknowledge a spinner's IPIs. Positions are those of the episode's IPIs. */
final class IpiSuspects {
    /** Handled while the spinner went on: the one that let it go, if handled last [I]. */
    private static final double FITS = 3;
    /** Handled while the spinner was still seen spinning: somebody else was later. */
    private static final double TOO_EARLY = -3;

    private static final double TOO_LATE = -4;
    private static final double UNSEEN = -1;
    /** The last to acknowledge of those that fit. */
    private static final double LAST = 4;
    /** Clock rounding at both ends, and the guess of the handler's length. */
    private static final long SLACK_NS = 5_000;

    private final IpiTracker ipis;
    private final VcpuHistories histories;

    IpiSuspects(IpiTracker ipis, VcpuHistories histories) {
        this.ipis = ipis;
        this.histories = histories;
    }

    void weigh(Episode e, Suspects suspects) {
        SentIpi last = null;
        for (SentIpi ipi : e.ipis) {
            long handled = ipis.handledNs(ipi);
            if (handled <= e.latestReleaseNs + SLACK_NS && (last == null || handled > ipis.handledNs(last))) {
                last = ipi;
            }
        }
        suspects.clear();
        for (SentIpi ipi : e.ipis) {
            suspects.add(ipi.receiver, score(e, ipi) + (ipi == last ? LAST : 0), ipis.handledNs(ipi));
        }
    }

    /** Whom the IPIs went to and when each had handled them, in the order they were sent. */
    List<Wait.Receiver> receivers(Episode e) {
        List<Wait.Receiver> receivers = new ArrayList<>();
        for (int i = e.ipis.size() - 1; i >= 0; i--) {
            SentIpi ipi = e.ipis.get(i);
            receivers.add(new Wait.Receiver(ipi.receiver, ipis.handledNs(ipi)));
        }
        return receivers;
    }

    private double score(Episode e, SentIpi ipi) {
        long handled = ipis.handledNs(ipi);
        if (handled < 0) {
            return UNSEEN;
        }
        if (handled > e.latestReleaseNs + SLACK_NS) {
            return TOO_LATE;
        }
        return handled < e.lastSpinNs - SLACK_NS ? TOO_EARLY : FITS;
    }

    /** Lines that speak for the receiver of this IPI. */
    void addEvidence(Episode e, int position, List<EvidenceLine> lines) {
        SentIpi ipi = e.ipis.get(position);
        lines.add(new EvidenceLine(ipi.line, "ipi-sent"));
        OffStretch off = histories.of(ipi.receiver).off.last(ipi.sentNs, e.latestReleaseNs);
        if (off != null) {
            lines.add(new EvidenceLine(off.outLine, off.blocked ? "receiver-blocked" : "receiver-preempted"));
            if (off.inNs <= e.latestReleaseNs) {
                lines.add(new EvidenceLine(off.inLine, "receiver-resumed"));
            }
        }
        if (ipi.takenLine > 0) {
            lines.add(new EvidenceLine(ipi.takenLine, "ipi-taken"));
        }
        if (ipi.ackLine > 0 && ipi.ackLine != ipi.takenLine) {
            lines.add(new EvidenceLine(ipi.ackLine, "ipi-acknowledged"));
        }
    }
}
