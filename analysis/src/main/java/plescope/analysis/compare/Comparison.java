package plescope.analysis.compare;

import java.util.Comparator;
import java.util.List;

/**
 * Two schedules compared.
 *
 * @param a the first recording of one side, then repeats of it
 * @param b the same of the other
 * @param pairs VMs that were held against each other
 * @param differences all of them, by VM, kind and measure
 */
public record Comparison(
        List<Side> a, List<Side> b, List<VmPairs.Pair> pairs, List<Difference> differences, Criteria criteria) {
    public Comparison {
        a = List.copyOf(a);
        b = List.copyOf(b);
        pairs = List.copyOf(pairs);
        differences = List.copyOf(differences);
    }

    /** How many have a verdict. */
    public long count(Verdict verdict) {
        return differences.stream().filter(d -> d.verdict() == verdict).count();
    }

    /** Those that differ, greatest first: by how many times the least change that counts. */
    public List<Difference> changes() {
        return differences.stream()
                .filter(d -> d.verdict().isChange())
                .sorted(Comparator.comparing(this::weight).reversed())
                .toList();
    }

    private double weight(Difference difference) {
        return difference.kind() == Kind.SHARE
                ? Math.abs(difference.change()) / criteria.leastPoints()
                : Math.abs(difference.kind() == Kind.RATE ? difference.effect() : StrictMath.log(difference.change()))
                        / StrictMath.log1p(criteria.leastRatio());
    }
}
