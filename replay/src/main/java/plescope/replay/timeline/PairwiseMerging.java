package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins, two at a time, the groups of vCPUs that belong together most by the mean score of their pairs, as long as any two may.
 *
 * <p>Each group remembers its best partner among the groups behind it, and a turn mends what the join changed: of n vCPUs, all turns
 * together compare groups some n^2 times instead of n^3. Of equal scores the first in the order of the lowest members counts.
 */
final class PairwiseMerging {
    private static final int NOBODY = -1;

    private final PairScores scores;
    private final double apart;
    private final int groups;
    /** By the group's lowest vCPU: its members in the order they came, null where it joined another group. */
    private final int[][] members;

    /** Mean score of every two groups, by the lower one's lowest vCPU first. */
    private final double[] means;

    private final int[] partner;
    private final double[] partnerScore;

    /** @param apart the score up to which two groups stay apart */
    PairwiseMerging(PairScores scores, double apart) {
        this.scores = scores;
        this.apart = apart;
        this.groups = scores.vcpus();
        this.members = new int[groups][];
        this.means = new double[groups * groups];
        this.partner = new int[groups];
        this.partnerScore = new double[groups];
        for (int one = 0; one < groups; one++) {
            members[one] = new int[] {one};
            for (int two = one + 1; two < groups; two++) {
                means[one * groups + two] = scores.of(one, two);
            }
        }
    }

    /** The groups that are left when no two may join, by their lowest vCPUs. */
    List<int[]> merge() {
        for (int group = 0; group < groups; group++) {
            findPartner(group);
        }
        for (int best = best(); best != NOBODY; best = best()) {
            join(best, partner[best]);
        }
        List<int[]> left = new ArrayList<>();
        for (int[] group : members) {
            if (group != null) {
                left.add(group);
            }
        }
        return left;
    }

    /** The first group with the best partner of all. */
    private int best() {
        int best = NOBODY;
        for (int group = 0; group < groups; group++) {
            boolean may = members[group] != null && partner[group] != NOBODY;
            if (may && (best == NOBODY || partnerScore[group] > partnerScore[best])) {
                best = group;
            }
        }
        return best;
    }

    private void join(int one, int two) {
        int[] joined = Arrays.copyOf(members[one], members[one].length + members[two].length);
        System.arraycopy(members[two], 0, joined, members[one].length, members[two].length);
        members[one] = joined;
        members[two] = null;
        for (int other = 0; other < groups; other++) {
            if (other != one && members[other] != null) {
                int first = Math.min(one, other);
                int second = Math.max(one, other);
                boolean never = isNever(one, other) || isNever(two, other);
                means[first * groups + second] = never ? Double.NEGATIVE_INFINITY : mean(first, second);
            }
        }
        findPartner(one);
        for (int before = 0; before < two; before++) {
            if (before != one && members[before] != null) {
                mendPartner(before, one, two);
            }
        }
    }

    private boolean isNever(int one, int two) {
        return means[Math.min(one, two) * groups + Math.max(one, two)] == Double.NEGATIVE_INFINITY;
    }

    private void mendPartner(int group, int joined, int gone) {
        if (partner[group] == joined || partner[group] == gone) {
            findPartner(group);
        } else if (group < joined) {
            double score = means[group * groups + joined];
            boolean first = score == partnerScore[group] && joined < partner[group];
            if (score > partnerScore[group] || first) {
                partner[group] = joined;
                partnerScore[group] = score;
            }
        }
    }

    private void findPartner(int group) {
        int found = NOBODY;
        double best = apart;
        for (int other = group + 1; other < groups; other++) {
            if (members[other] != null && means[group * groups + other] > best) {
                best = means[group * groups + other];
                found = other;
            }
        }
        partner[group] = found;
        partnerScore[group] = best;
    }

    /** Added up pair by pair: sums of sums would round otherwise, and ties come out the other way. */
    private double mean(int one, int two) {
        double sum = 0;
        for (int a : members[one]) {
            for (int b : members[two]) {
                sum += scores.of(a, b);
            }
        }
        return sum / (members[one].length * members[two].length);
    }
}
