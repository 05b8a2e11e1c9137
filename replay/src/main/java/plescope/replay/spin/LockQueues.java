package plescope.replay.spin;

import java.util.List;
import plescope.replay.model.Roster;

/**
 * Whether a VM's contended lock keeps a queue, told from who waits for whom.
 *
 * <p>A lock without a queue goes to whoever runs and tries, so a vCPU that was preempted while it waited has nothing anybody could
 * wait for. If then a vCPU spins while each of its siblings either spins as well or lost its pCPU while it
 * spun, the lock belongs to a preempted waiter: it was handed over in order. Such <em>orphaned</em> samples prove a queue; if the
 * spinner always has a sibling that was preempted at work, there is no sign of one.
 *
 * @param judged samples of spinning vCPUs whose siblings' doings are all known
 * @param orphaned those of them whose siblings were all waiting
 */
public record LockQueues(long judged, long orphaned) {
    /** Fewer judged samples leave it open [I]. */
    static final int MIN_JUDGED = 12;

    /**
     * From this share of orphaned samples on there is a queue, and under half of it none [I]. The exit that ends a slice may hit the last
     * instructions of a loop that was already left, so single orphans happen without a queue.
     */
    static final double QUEUE_SHARE = 0.1;

    /** What is believed. */
    public enum Verdict {
        FIFO,
        BARGING,
        OPEN
    }

    public Verdict verdict() {
        if (judged < MIN_JUDGED) {
            return Verdict.OPEN;
        }
        double share = (double) orphaned / judged;
        if (share >= QUEUE_SHARE) {
            return Verdict.FIFO;
        }
        return share < QUEUE_SHARE / 2 ? Verdict.BARGING : Verdict.OPEN;
    }

    static LockQueues of(Roster roster, int vm, List<GuestSamples> samples, GuestSymbols code) {
        String name = roster.vms().get(vm).name();
        List<Integer> vcpus =
                roster.vcpusOf(vm).stream().filter(v -> v < samples.size()).toList();
        long judged = 0;
        long orphaned = 0;
        for (int vcpu : vcpus) {
            GuestSamples own = samples.get(vcpu);
            for (int i = 0; i < own.samples(); i++) {
                if (!waitsForLock(name, own.sampleRip(i), code)) {
                    continue;
                }
                Standing standing = siblings(name, vcpus, vcpu, own.sampleNs(i), samples, code);
                judged += standing == Standing.UNCLEAR ? 0 : 1;
                orphaned += standing == Standing.ALL_WAITING ? 1 : 0;
            }
        }
        return new LockQueues(judged, orphaned);
    }

    private enum Standing {
        ALL_WAITING,
        ONE_WORKED,
        UNCLEAR
    }

    private static Standing siblings(
            String vm, List<Integer> vcpus, int self, long timeNs, List<GuestSamples> samples, GuestSymbols code) {
        boolean worked = false;
        boolean waits = false;
        for (int vcpu : vcpus) {
            GuestSamples other = samples.get(vcpu);
            if (vcpu == self || other.runs() == 0) {
                continue;
            }
            int run = other.runAt(timeNs);
            if (run < 0) {
                return Standing.UNCLEAR;
            }
            boolean runs = timeNs <= other.runEndNs(run);
            if (!runs && other.runEndedBlocked(run)) {
                continue;
            }
            if (runs ? !spinsAround(vm, other, timeNs, code) : !other.runEndedByInterrupt(run)) {
                return Standing.UNCLEAR;
            }
            boolean waiting = runs || waitsForLock(vm, other.runEndRip(run), code);
            worked |= !waiting;
            waits |= waiting;
        }
        if (worked) {
            return Standing.ONE_WORKED;
        }
        return waits ? Standing.ALL_WAITING : Standing.UNCLEAR;
    }

    /** Whether a running vCPU was found spinning in this run both before and after. */
    private static boolean spinsAround(String vm, GuestSamples vcpu, long timeNs, GuestSymbols code) {
        int after = vcpu.firstSampleAt(timeNs);
        return after > 0
                && after < vcpu.samples()
                && vcpu.sampleRun(after) == vcpu.sampleRun(after - 1)
                && waitsForLock(vm, vcpu.sampleRip(after), code)
                && waitsForLock(vm, vcpu.sampleRip(after - 1), code);
    }

    private static boolean waitsForLock(String vm, long rip, GuestSymbols code) {
        SpinPlace place = code.spinPlace(vm, rip);
        return place != null && place.kind() != SpinPlace.Kind.IPI;
    }
}
