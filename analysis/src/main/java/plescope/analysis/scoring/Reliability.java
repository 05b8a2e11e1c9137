package plescope.analysis.scoring;

/** How often claims of a probability hold: a reliability curve in ten steps. */
public final class Reliability {
    /** Steps of the curve. */
    public static final int STEPS = 10;

    private final int[] claims = new int[STEPS];
    private final int[] right = new int[STEPS];
    private final double[] claimed = new double[STEPS];

    void claimed(double probability, boolean rightly) {
        int step = step(probability);
        claims[step]++;
        claimed[step] += probability;
        right[step] += rightly ? 1 : 0;
    }

    /** Adds another curve's claims. */
    public void add(Reliability other) {
        for (int step = 0; step < STEPS; step++) {
            claims[step] += other.claims[step];
            claimed[step] += other.claimed[step];
            right[step] += other.right[step];
        }
    }

    private static int step(double probability) {
        return Math.min(STEPS - 1, (int) (probability * STEPS));
    }

    /** Claims in {@code [step / 10, (step + 1) / 10)}. */
    public int claims(int step) {
        return claims[step];
    }

    /** Mean probability claimed in a step; NaN without claims. */
    public double claimed(int step) {
        return claims[step] == 0 ? Double.NaN : claimed[step] / claims[step];
    }

    /** Share of a step's claims that hold; NaN without claims. */
    public double held(int step) {
        return claims[step] == 0 ? Double.NaN : (double) right[step] / claims[step];
    }

    /** Expected calibration error: mean distance of claim and truth, weighted by claims; NaN without claims. */
    public double error() {
        double distance = 0;
        int all = 0;
        for (int step = 0; step < STEPS; step++) {
            distance += Math.abs(claimed[step] - right[step]);
            all += claims[step];
        }
        return all == 0 ? Double.NaN : distance / all;
    }
}
