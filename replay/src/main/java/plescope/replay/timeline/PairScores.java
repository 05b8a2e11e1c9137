package plescope.replay.timeline;

/** How much speaks for any two vCPUs belonging to one VM, asked once per pair, since grouping needs each answer many times. */
final class PairScores {
    /** The score of two different vCPUs, by dense index; the same in either order. */
    @FunctionalInterface
    interface Score {
        double of(int one, int two);
    }

    private final int vcpus;
    private final double[] scores;

    PairScores(int vcpus, Score score) {
        this.vcpus = vcpus;
        this.scores = new double[vcpus * vcpus];
        for (int one = 0; one < vcpus; one++) {
            for (int two = one + 1; two < vcpus; two++) {
                double both = score.of(one, two);
                scores[one * vcpus + two] = both;
                scores[two * vcpus + one] = both;
            }
        }
    }

    int vcpus() {
        return vcpus;
    }

    double of(int one, int two) {
        return scores[one * vcpus + two];
    }
}
