package plescope.analysis.scoring;

import java.util.List;

/** How often what is true was told as what. */
public final class Confusion {
    private final List<String> truths;
    private final List<String> told;
    private final long[][] counts;

    /** Between things that are true and things that are told, named as they are printed. */
    Confusion(List<String> truths, List<String> told) {
        this.truths = List.copyOf(truths);
        this.told = List.copyOf(told);
        this.counts = new long[truths.size()][told.size()];
    }

    void count(int truth, int as) {
        counts[truth][as]++;
    }

    /** Adds another table of the same things. */
    void add(Confusion other) {
        for (int truth = 0; truth < counts.length; truth++) {
            for (int as = 0; as < counts[truth].length; as++) {
                counts[truth][as] += other.counts[truth][as];
            }
        }
    }

    public List<String> truths() {
        return truths;
    }

    public List<String> told() {
        return told;
    }

    public long count(String truth, String as) {
        return counts[truths.indexOf(truth)][told.indexOf(as)];
    }
}
