package plescope.replay.workload;

import java.util.List;
import java.util.Map;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.workload.AckWaits.AckWait;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * How much work a vCPU had done by any recorded moment, with its waits for IPIs known from sends and acknowledgements.
 *
 * <p>They are better known than any PLE window tells. Guest time inside them is spin, also where no window was full. Guest time
 * outside is work, also in runs that began in the wait's loop, of which windows can not say when they left it.
 */
final class WorkClock {
    private final CumulativeTime work = new CumulativeTime();
    private final List<AckWait> waits;
    private int wait;

    private WorkClock(List<AckWait> waits) {
        this.waits = waits;
    }

    static CumulativeTime of(VcpuRecord record, Map<Long, Wait> judged, AckWaits acks) {
        if (acks.isEmpty()) {
            return record.guest;
        }
        WorkClock clock = new WorkClock(acks.all());
        int spun = 0;
        int episode = 0;
        for (int i = 0; i < record.guest.size() || spun < record.spinning.size(); ) {
            boolean guestNext = spun == record.spinning.size()
                    || (i < record.guest.size() && record.guest.startNs(i) < record.spinning.startNs(spun));
            if (guestNext) {
                clock.ran(record.guest.startNs(i), record.guest.endNs(i));
                i++;
            } else {
                long start = record.spinning.startNs(spun);
                while (episode < record.episodes.size()
                        && record.episodes.get(episode).endNs() <= start) {
                    episode++;
                }
                if (forIpis(record.episodes, episode, start, judged)) {
                    clock.ran(start, record.spinning.endNs(spun));
                }
                spun++;
            }
        }
        return clock.work;
    }

    private static boolean forIpis(List<SpinEpisode> episodes, int at, long timeNs, Map<Long, Wait> judged) {
        if (at == episodes.size() || episodes.get(at).startNs() > timeNs) {
            return false;
        }
        Wait wait = judged.get(episodes.get(at).id());
        return wait != null && StepAssembler.isIpiWait(wait);
    }

    /** Guest time: work, as far as it lies outside the waits. */
    private void ran(long startNs, long endNs) {
        while (wait < waits.size() && waits.get(wait).untilNs() <= startNs) {
            wait++;
        }
        long from = startNs;
        for (int w = wait; w < waits.size() && waits.get(w).fromNs() < endNs; w++) {
            work.add(from, Math.max(from, waits.get(w).fromNs()));
            from = Math.max(from, Math.min(endNs, waits.get(w).untilNs()));
        }
        work.add(from, endNs);
    }
}
