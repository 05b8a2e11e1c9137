package plescope.replay.workload;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VmExit;
import plescope.replay.model.Wait;
import plescope.replay.model.Wakeup;
import plescope.replay.workload.AckWaits.AckWait;
import plescope.replay.workload.IpiLedger.Broadcast;
import plescope.replay.workload.WorkloadExtractor.ArmedTimer;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/** Puts one vCPU's recorded moments into the order of its work and turns them into steps. */
final class StepAssembler {
    /**
     * Below this probability the most likely culprit is not believed, and the wait becomes a fixed amount of spinning [I]. A
     * wrong edge can serialise vCPUs that never met.
     */
    static final double MIN_CULPRIT_PROBABILITY = 0.3;

    /** An IPI this long before a wake-up can have caused it: the wake-up is traced in the sender's own context. */
    static final long WAKE_BY_IPI_NS = 50_000;

    /** A timer is not taken to have woken a vCPU earlier than this before it rang: the fit of its clock [I]. */
    static final long TIMER_SLACK_NS = 50_000;

    private final List<VcpuRecord> vcpus;
    private final IpiLedger ipis;
    private final Map<Long, Wait> waits;
    private final List<AckWaits> ackWaits;
    private final IntPredicate takesLocks;

    /** By vCPU, null where unknown. */
    private final List<GuestTsc> tscs;

    /** With {@code takesLocks}: whose waits for locks are left out, since takings of the locks will make them anew. */
    StepAssembler(
            List<VcpuRecord> vcpus,
            IpiLedger ipis,
            Map<Long, Wait> waits,
            List<AckWaits> ackWaits,
            List<GuestTsc> tscs,
            IntPredicate takesLocks) {
        this.tscs = tscs;
        this.takesLocks = takesLocks;
        this.vcpus = vcpus;
        this.ipis = ipis;
        this.waits = waits;
        this.ackWaits = ackWaits;
    }

    VcpuWork assemble(int vcpu) {
        VcpuRecord record = vcpus.get(vcpu);
        Moments moments = new Moments();
        collectExits(record, moments);
        collectIpis(vcpu, moments);
        collectEpisodes(record, moments);
        VcpuWork.Builder steps = new VcpuWork.Builder();
        long done = 0;
        for (int index : moments.inTimeOrder()) {
            long offset = Math.max(done, record.guest.at(moments.timeNs(index)));
            steps.compute(offset - done);
            done = offset;
            addStep(vcpu, record, moments, index, steps);
        }
        return steps.compute(record.guest.total() - done).build();
    }

    private void collectExits(VcpuRecord record, Moments moments) {
        for (int i = 0; i < record.exits.size(); i++) {
            VmExit exit = record.exits.get(i);
            if (exit.reason().isHalt()) {
                moments.add(exit.exitNs(), Moments.Kind.HALT, i);
            } else if (exit.entryNs() >= 0) {
                moments.add(exit.exitNs(), Moments.Kind.HOST, i);
            }
        }
    }

    /** Sends, and behind each broadcast that this guest waits for, the wait - also where it was too short to be seen. */
    private void collectIpis(int vcpu, Moments moments) {
        for (int id = ipis.first(vcpu); id < ipis.end(vcpu); id++) {
            moments.add(ipis.get(id).sentNs(), Moments.Kind.SEND, id);
        }
        List<AckWait> waited = ackWaits.get(vcpu).all();
        for (int i = 0; i < waited.size(); i++) {
            moments.add(waited.get(i).fromNs(), Moments.Kind.SPIN, -1 - (long) i);
        }
    }

    /** Waits that belong to no wait for an IPI. At their ends: handlers that ran inside are work the culprit may have waited for. */
    private void collectEpisodes(VcpuRecord record, Moments moments) {
        for (int i = 0; i < record.episodes.size(); i++) {
            SpinEpisode episode = record.episodes.get(i);
            Wait wait = waits.get(episode.id());
            if (wait == null || !isIpiWait(wait)) {
                moments.add(episode.endNs(), Moments.Kind.SPIN, i);
            }
        }
    }

    private void addStep(int vcpu, VcpuRecord record, Moments moments, int index, VcpuWork.Builder steps) {
        int payload = (int) moments.payload(index);
        switch (moments.kind(index)) {
            case HOST -> {
                VmExit exit = record.exits.get(payload);
                steps.add(
                        StepKind.HOST,
                        record.host.between(exit.exitNs(), exit.entryNs()),
                        exit.reason().family().ordinal());
            }
            case SEND -> steps.add(StepKind.SEND_IPI, 0, payload);
            case HALT -> addHalt(vcpu, record, record.exits.get(payload), steps);
            case SPIN -> {
                if (payload < 0) {
                    Broadcast sent = ackWaits.get(vcpu).all().get(-1 - payload).broadcast();
                    steps.add(StepKind.SPIN_UNTIL_ACKED, sent.size(), sent.first());
                } else {
                    if (!takesLocks.test(vcpu)) {
                        addEpisode(record.episodes.get(payload), steps);
                    }
                }
            }
        }
    }

    private void addEpisode(SpinEpisode episode, VcpuWork.Builder steps) {
        Wait wait = waits.get(episode.id());
        if (wait != null && !wait.candidates().isEmpty()) {
            Wait.Candidate culprit = wait.candidates().get(0);
            if (culprit.probability() >= MIN_CULPRIT_PROBABILITY) {
                // No later than the episode's end, so that recorded time itself proves the edges free of cycles.
                long release =
                        culprit.releaseNs() < 0 ? episode.endNs() : Math.min(culprit.releaseNs(), episode.endNs());
                long offset = vcpus.get(culprit.vcpu()).guest.at(release);
                steps.add(StepKind.SPIN_UNTIL_WORK, offset, culprit.vcpu());
                return;
            }
        }
        steps.add(StepKind.SPIN_FOR, episode.spinNs(), -1);
    }

    static boolean isIpiWait(Wait wait) {
        return wait.cause() == Wait.Cause.IPI || wait.cause() == Wait.Cause.TLB_SHOOTDOWN;
    }

    private void addHalt(int vcpu, VcpuRecord record, VmExit exit, VcpuWork.Builder steps) {
        long resumedNs = exit.entryNs() < 0 ? Long.MAX_VALUE : exit.entryNs();
        long wakeNs = resumedNs;
        int next = firstAtOrAfter(record.blocked, exit.exitNs(), VcpuInterval::startNs);
        if (next < record.blocked.size() && record.blocked.get(next).endNs() <= resumedNs) {
            wakeNs = record.blocked.get(next).endNs();
        }
        Wakeup wakeup = wakeupAt(record, wakeNs);
        int ipi = wakeup == null ? -1 : wakingIpi(vcpu, wakeup);
        long timerNs = ringsAt(vcpu, exit, wakeup, wakeNs);
        if (ipi >= 0) {
            steps.add(StepKind.HALT_UNTIL_IPI, 0, ipi);
        } else if (timerNs >= 0) {
            steps.add(StepKind.HALT_FOR, Math.max(0, timerNs - exit.exitNs()), -1);
        } else {
            steps.add(StepKind.HALT_UNTIL_TIME, wakeNs, -1);
        }
    }

    /** The wake-up that ended a halt, null where the log has none. */
    private static Wakeup wakeupAt(VcpuRecord record, long wakeNs) {
        int at = firstAtOrAfter(record.wakeups, wakeNs, Wakeup::timeNs);
        boolean found = at < record.wakeups.size() && record.wakeups.get(at).timeNs() == wakeNs;
        return found ? record.wakeups.get(at) : null;
    }

    /**
     * When the vCPU's own timer rang and ended a halt, -1 where it was not the timer. Guests that sleep between pieces of work
     * sleep as long as before under a slower schedule; ticks that come late are skipped, not made up for ({@code hrtimer_forward}).
     */
    private long ringsAt(int vcpu, VmExit exit, Wakeup wakeup, long wakeNs) {
        boolean byThread =
                wakeup != null && (wakeup.source() == Wakeup.Source.SIBLING || wakeup.source() == Wakeup.Source.THREAD);
        ArmedTimer timer = GuestTsc.armedBefore(vcpus.get(vcpu), exit.exitNs());
        if (byThread || timer == null || wakeNs == Long.MAX_VALUE) {
            return -1;
        }
        GuestTsc tsc = tscs.get(vcpu);
        if (tsc == null) {
            return wakeNs;
        }
        long ringsNs = tsc.timeNs(timer.deadline());
        // A log that shows the wake-up shows it best.
        return ringsNs > wakeNs + TIMER_SLACK_NS ? -1 : wakeup != null ? wakeNs : Math.min(ringsNs, wakeNs);
    }

    /** The IPI behind a wake-up, -1 for a timer, a device, or an unknown sender. */
    private int wakingIpi(int vcpu, Wakeup wakeup) {
        int waker = wakeup.wakerVcpu();
        int id = waker < 0 ? -1 : ipis.lastSentBefore(waker, wakeup.timeNs());
        while (id >= 0 && id >= ipis.first(waker) && ipis.get(id).sentNs() >= wakeup.timeNs() - WAKE_BY_IPI_NS) {
            if (ipis.get(id).receiver() == vcpu) {
                return id;
            }
            id--;
        }
        return -1;
    }

    /** Index of the first record, in a list ordered by time, that is not before {@code timeNs}. */
    private static <T> int firstAtOrAfter(List<T> records, long timeNs, ToLongFunction<T> time) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time.applyAsLong(records.get(middle)) < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
