package plescope.replay.spin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plescope.replay.model.Residual;
import plescope.replay.model.Wait;

/**
 * A vCPU that may have kept a spinner waiting.
 *
 * @param logLikelihood how much better it explains the wait than "nobody in particular" does
 * @param releaseNs when it is thought to have let the spinner go, -1 unknown
 * @param residual what it still had to do for that
 * @param evidence lines that speak for it
 */
record Suspect(int vcpu, double logLikelihood, long releaseNs, Residual residual, List<Wait.EvidenceLine> evidence) {
    private static final int KEPT = 3;
    /** Less likely than this, a suspect is noise beside the others. */
    private static final double LEAST_PROBABILITY = 0.01;

    /** The likeliest three with probabilities; "nobody" has log-likelihood 0 and the rest of the probability. */
    static List<Wait.Candidate> toCandidates(List<Suspect> suspects) {
        double total = 1;
        for (Suspect suspect : suspects) {
            total += StrictMath.exp(suspect.logLikelihood());
        }
        List<Suspect> likeliest = new ArrayList<>(suspects);
        likeliest.sort(Comparator.comparingDouble(Suspect::logLikelihood)
                .reversed()
                .thenComparing(Comparator.comparingLong(Suspect::releaseNs).reversed())
                .thenComparingInt(Suspect::vcpu));
        List<Wait.Candidate> candidates = new ArrayList<>();
        for (Suspect suspect : likeliest) {
            double probability = StrictMath.exp(suspect.logLikelihood()) / total;
            if (candidates.size() < KEPT && probability >= LEAST_PROBABILITY) {
                candidates.add(
                        new Wait.Candidate(suspect.vcpu(), probability, suspect.releaseNs(), suspect.residual()));
            }
        }
        return candidates;
    }
}
