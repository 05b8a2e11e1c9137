package plescope.replay.spin;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import plescope.replay.model.Residual;
import plescope.replay.model.Wait;

/**
 * The vCPUs that may have kept a spinner waiting, with how much better each explains the wait than "nobody in particular" does.
 *
 * <p>Whoever adds them knows them by their positions, and tells what else there is to say only of those that are believed. One object
 * serves all episodes, one after the other.
 */
final class Suspects {
    private static final int KEPT = 3;
    private static final int KNOWN_BITS = 6;
    private static final int KNOWN = 1 << KNOWN_BITS;
    /** Less likely than this, a suspect is noise beside the others. */
    private static final double LEAST_PROBABILITY = 0.01;

    private int count;
    private int[] vcpu = new int[8];
    private double[] logLikelihood = new double[8];
    private double[] likelihood = new double[8];
    private long[] releaseNs = new long[8];
    private final int[] likeliest = new int[KEPT];
    /** Few scores occur, again and again: their exponentials are kept, by a hash of the score. */
    private final double[] knownScore = new double[KNOWN];

    private final double[] knownLikelihood = new double[KNOWN];
    private int ranked;

    Suspects() {
        Arrays.fill(knownLikelihood, 1);
    }

    void clear() {
        count = 0;
        ranked = 0;
    }

    /**
     * One more suspect; its position is the number of those before it.
     *
     * @param release when it is thought to have let the spinner go, -1 unknown
     */
    void add(int suspect, double score, long release) {
        if (count == vcpu.length) {
            vcpu = Arrays.copyOf(vcpu, 2 * count);
            logLikelihood = Arrays.copyOf(logLikelihood, vcpu.length);
            likelihood = Arrays.copyOf(likelihood, vcpu.length);
            releaseNs = Arrays.copyOf(releaseNs, vcpu.length);
        }
        vcpu[count] = suspect;
        logLikelihood[count] = score;
        likelihood[count] = likelihood(score);
        releaseNs[count] = release;
        rank(count++);
    }

    private double likelihood(double score) {
        int slot = (int) ((Double.doubleToRawLongBits(score) * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - KNOWN_BITS));
        if (knownScore[slot] != score) {
            knownScore[slot] = score;
            knownLikelihood[slot] = StrictMath.exp(score);
        }
        return knownLikelihood[slot];
    }

    /** Puts it among the likeliest: by likelihood, then the latest release, then the lowest vCPU. */
    private void rank(int position) {
        int place = ranked;
        while (place > 0 && isLikelier(position, likeliest[place - 1])) {
            place--;
        }
        if (place < KEPT) {
            ranked = Math.min(KEPT, ranked + 1);
            System.arraycopy(likeliest, place, likeliest, place + 1, ranked - 1 - place);
            likeliest[place] = position;
        }
    }

    private boolean isLikelier(int one, int other) {
        int order = Double.compare(logLikelihood[one], logLikelihood[other]);
        if (order == 0) {
            order = Long.compare(releaseNs[one], releaseNs[other]);
        }
        return order == 0 ? vcpu[one] < vcpu[other] : order > 0;
    }

    /** Position of the likeliest; call only where there are candidates. */
    int first() {
        return likeliest[0];
    }

    int vcpu(int position) {
        return vcpu[position];
    }

    /**
     * The likeliest three with probabilities; "nobody" has log-likelihood 0 and the rest of the probability.
     *
     * @param residual what the suspect at a position still had to do
     */
    List<Wait.Candidate> candidates(IntFunction<Residual> residual) {
        double total = 1;
        for (int i = 0; i < count; i++) {
            total += likelihood[i];
        }
        Wait.Candidate[] candidates = new Wait.Candidate[KEPT];
        int believed = 0;
        for (int i = 0; i < ranked; i++) {
            int position = likeliest[i];
            double probability = likelihood[position] / total;
            if (probability >= LEAST_PROBABILITY) {
                candidates[believed++] =
                        new Wait.Candidate(vcpu[position], probability, releaseNs[position], residual.apply(position));
            }
        }
        return List.of(Arrays.copyOf(candidates, believed));
    }
}
