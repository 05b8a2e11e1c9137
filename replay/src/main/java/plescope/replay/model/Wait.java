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
 */
public record Wait(
        long episode,
        Cause cause,
        double causeProbability,
        Evidence evidence,
        List<Candidate> candidates,
        List<EvidenceLine> trail) {
    public Wait {
        candidates = List.copyOf(candidates);
        trail = List.copyOf(trail);
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
     */
    public record Candidate(int vcpu, double probability, long releaseNs) {}

    /**
     * One line of the log that supports the verdict.
     *
     * @param line 1-based line of the log
     * @param role what the line shows, such as {@code ipi-sent}, {@code receiver-preempted}, {@code holder-resumed}
     */
    public record EvidenceLine(long line, String role) {}
}
