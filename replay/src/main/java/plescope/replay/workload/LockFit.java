package plescope.replay.workload;

import java.util.List;
import java.util.SplittableRandom;
import plescope.replay.spin.GuestSamples;
import plescope.replay.spin.LockQueues;
import plescope.replay.spin.SampledSpin;
import plescope.replay.spin.SpinShare;
import plescope.replay.workload.WorkloadLock.Discipline;

/**
 * A use of one lock by all vCPUs of a VM that explains the share of spinning its samples show.
 *
 * <p>One number cannot tell three: what samples leave open is drawn. The length of a section comes from what spinlocks are like [I], and the
 * pause between sections is then searched so that {@link LockOnSchedule} spins as much as was sampled. Where even the
 * shortest pause does not, the lock is in a convoy, and sections shrink as well: each hand-over waits for a
 * preempted vCPU, so the schedule alone says how often the lock changes hands, and the little time that is not spin,
 * divided by that, is what one turn takes.
 *
 * @param spinShare what was aimed at
 * @param reached what the use gives on the recorded schedule
 */
record LockFit(Discipline discipline, long betweenNs, long heldNs, double spinShare, double reached) {
    /** Most spinlocks are held for less than 2^12 cycles [K]; the most likely section, and the range others are drawn from [I]. */
    static final double LIKELY_HELD_NS = 1_000;

    static final double SHORTEST_HELD_NS = 250;
    static final double LONGEST_HELD_NS = 4_000;

    /** In a convoy sections take at most this part of a turn [I]: only their sum matters there. */
    private static final double HELD_OF_TURN_IN_QUEUE = 0.5;

    /** A lock without a queue may be held nearly always. */
    private static final double HELD_OF_TURN = 0.9;

    private static final double SHORTEST_TURN_NS = 50;
    private static final double LONGEST_TURN_NS = 1e8;
    private static final int SEARCH_STEPS = 24;

    /** Between these a lock whose queue is open counts as queued the more often [I]: without a queue guests seldom spin most of the time. */
    private static final double OPEN_IS_QUEUE_FROM = 0.5;

    /**
     * Draws a use.
     *
     * @param vcpus of the VM
     * @param ipiShare share of guest time spent in other waits, which is no time to take locks in
     * @param member 0 is the most likely one
     */
    static LockFit draw(List<GuestSamples> vcpus, SampledSpin spin, double ipiShare, int member) {
        SplittableRandom random = new SplittableRandom(31L * spin.vm() + member);
        double share = Math.min(0.999_99, shareOf(spin.lock(), member, random) / Math.max(0.01, 1 - ipiShare));
        double held = member == 0
                ? LIKELY_HELD_NS
                : SHORTEST_HELD_NS * StrictMath.pow(LONGEST_HELD_NS / SHORTEST_HELD_NS, random.nextDouble());
        Discipline discipline = discipline(spin.queues(), spin.lock(), vcpus.size(), member, random);
        return search(vcpus, discipline, share, held, random.split());
    }

    /** The likely share, or one drawn evenly in log-odds from the interval. */
    private static double shareOf(SpinShare share, int member, SplittableRandom random) {
        if (member == 0) {
            return share.likely();
        }
        double low = logOdds(share.low());
        double high = logOdds(share.high());
        return 1 / (1 + StrictMath.exp(-(low + (high - low) * random.nextDouble())));
    }

    private static double logOdds(double share) {
        double inside = Math.max(1e-5, Math.min(1 - 1e-5, share));
        return StrictMath.log(inside / (1 - inside));
    }

    /**
     * Queue or not. A holder that runs works, whoever it is: without a queue n vCPUs with equal time cannot spin for more than
     * (n - 1) / n of it, since the lock is only waited for while its holder is away. A queue can: a turn takes next to nothing.
     */
    private static Discipline discipline(
            LockQueues queues, SpinShare share, int vcpus, int member, SplittableRandom random) {
        return switch (queues.verdict()) {
            case FIFO -> Discipline.FIFO;
            case BARGING -> Discipline.BARGING;
            case OPEN -> {
                if (share.low() > (vcpus - 1.0) / vcpus) {
                    yield Discipline.FIFO;
                }
                boolean queue = member == 0 ? share.likely() >= OPEN_IS_QUEUE_FROM : random.nextBoolean();
                yield queue ? Discipline.FIFO : Discipline.BARGING;
            }
        };
    }

    /** Halves the range of a turn's length, on a logarithmic scale: shorter turns spin more. */
    private static LockFit search(
            List<GuestSamples> vcpus, Discipline discipline, double share, double held, SplittableRandom random) {
        double mostHeld = discipline == Discipline.FIFO ? HELD_OF_TURN_IN_QUEUE : HELD_OF_TURN;
        long seed = random.nextLong();
        double low = SHORTEST_TURN_NS;
        double high = LONGEST_TURN_NS;
        LockFit best = null;
        for (int step = 0; step < SEARCH_STEPS; step++) {
            double turn = StrictMath.sqrt(low * high);
            long heldNs = Math.max(1, Math.round(Math.min(held, turn * mostHeld)));
            long betweenNs = Math.max(1, Math.round(turn) - heldNs);
            double reached = LockOnSchedule.play(
                            vcpus, discipline, (double) betweenNs, heldNs, new SplittableRandom(seed))
                    .spinShare();
            if (best == null || Math.abs(reached - share) < Math.abs(best.reached - share)) {
                best = new LockFit(discipline, betweenNs, heldNs, share, reached);
            }
            if (reached > share) {
                low = turn;
            } else {
                high = turn;
            }
        }
        return best;
    }
}
