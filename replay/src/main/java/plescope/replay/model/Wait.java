package plescope.replay.model;

import java.util.List;

/**
 * Why a spin episode happened, as far as the trace can tell: the cause, who was waited for, and the lines that speak for it.
 *
 * @param episode the {@link SpinEpisode#id()}
 * @param causeProbability 0..1, belief in {@code cause}
 * @param evidence DIRECT where an event or symbol names the cause, INFERRED where only timing speaks
 * @param candidates whom it may have waited for, most probable first, at most three; empty where nobody fits
 * @param trail lines of the log that support the verdict, in time order
 * @param queue which lock it waited for and behind whom, {@link Queue#UNKNOWN} where no lock is suspected
 * @param receivers receivers of the IPIs it waited for and when each had handled them; empty for other waits
 * @param heldUp whether a sibling was kept off its pCPU with work to do meanwhile; where none was, the wait is pure contention and
 *     no host policy can shorten it
 */
public record Wait(
        long episode,
        Cause cause,
        double causeProbability,
        Evidence evidence,
        List<Candidate> candidates,
        List<EvidenceLine> trail,
        Queue queue,
        List<Receiver> receivers,
        Tristate heldUp) {
    /** Belief below which the first suspect is not named: the wait is ambiguous. */
    public static final double LEAST_BELIEF = 0.5;

    public Wait {
        candidates = List.copyOf(candidates);
        trail = List.copyOf(trail);
        receivers = List.copyOf(receivers);
    }

    /** A verdict without queue and receivers. */
    public Wait(
            long episode,
            Cause cause,
            double causeProbability,
            Evidence evidence,
            List<Candidate> candidates,
            List<EvidenceLine> trail) {
        this(episode, cause, causeProbability, evidence, candidates, trail, Queue.UNKNOWN, List.of(), Tristate.UNKNOWN);
    }

    /** Dense index of the first suspect if it is believed, -1 where the wait is ambiguous. */
    public int culprit() {
        return candidates.isEmpty() || candidates.get(0).probability() < LEAST_BELIEF
                ? -1
                : candidates.get(0).vcpu();
    }

    /** Uncertainty about the culprit in bits; what the candidates leave counts as one more suspect, "nobody". */
    public double entropyBits() {
        double rest = 1;
        double nats = 0;
        for (Candidate candidate : candidates) {
            rest -= candidate.probability();
            nats -= term(candidate.probability());
        }
        return (nats - term(rest)) / StrictMath.log(2) + 0.0;
    }

    private static double term(double probability) {
        return probability <= 0 ? 0 : probability * StrictMath.log(probability);
    }

    /** What a vCPU spins for. */
    public enum Cause {
        LOCK,
        /** Acknowledgement of a TLB-shootdown IPI. */
        TLB_SHOOTDOWN,
        /** Acknowledgement of another IPI (function call). */
        IPI,
        UNKNOWN
    }

    /** Why we believe a cause. */
    public enum Evidence {
        DIRECT,
        INFERRED
    }

    /**
     * One suspect.
     *
     * @param vcpu dense index of the suspect
     * @param probability 0..1; the candidates of one wait and "nobody" sum to 1
     * @param releaseNs when it is thought to have let the spinner go (lock released, IPI acknowledged), -1 where unknown
     * @param residual what it still had to do for that
     */
    public record Candidate(int vcpu, double probability, long releaseNs, Residual residual) {
        public Candidate(int vcpu, double probability, long releaseNs) {
            this(vcpu, probability, releaseNs, Residual.UNKNOWN);
        }
    }

    /**
     * A wait's place among the others.
     *
     * @param lock number of the lock: one per VM and PAUSE loop, so locks that share a slow path share a number; -1 unknown
     * @param ahead siblings that waited in the same loop already when this wait began
     * @param root dense index of who the whole chain waited for: the first suspect, or where that one waited too, its root; -1
     *     unknown
     * @param fifo how many of the waits that began earlier ended earlier, 0..1: near 1 for ticket and queued locks, about a half
     *     where waiters race; NaN without evidence
     */
    public record Queue(int lock, int ahead, int root, double fifo) {
        /** Where no lock is suspected. */
        public static final Queue UNKNOWN = new Queue(-1, 0, -1, Double.NaN);
    }

    /**
     * One receiver of the IPIs waited for.
     *
     * @param vcpu dense index
     * @param handledNs best estimate of when it had handled it, -1 where never seen
     */
    public record Receiver(int vcpu, long handledNs) {}

    /**
     * One line of the log that supports the verdict.
     *
     * @param line 1-based line of the log
     * @param role what the line shows, such as {@code ipi-sent}, {@code receiver-preempted}, {@code holder-resumed}
     */
    public record EvidenceLine(long line, String role) {}
}
