package plescope.replay.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the plain way: every turn asks for all pairs of all groups anew, and joins the two with the best mean. */
class PairwiseMergingTest {
    private static final double APART = -160;

    @Test
    void joinsAsTheWayThatComparesAllPairsEveryTurn() {
        SplittableRandom random = new SplittableRandom(7);
        for (int turn = 0; turn < 400; turn++) {
            PairScores scores = randomScores(random, 1 + random.nextInt(40));
            List<List<Integer>> plain = plain(scores);
            assertThat(merged(scores)).as("turn %d", turn).isEqualTo(plain);
        }
    }

    /** 0.1 + 0.2 + 0.3 is not 0.1 + (0.2 + 0.3): sums of sums would join others. */
    @Test
    void scoresThatDoNotAddUpEvenlyAreAddedInOneOrder() {
        SplittableRandom random = new SplittableRandom(8);
        for (int turn = 0; turn < 400; turn++) {
            PairScores scores = new PairScores(12, (one, two) -> random.nextInt(-4, 5) / 10.0);
            assertThat(merged(scores)).as("turn %d", turn).isEqualTo(plain(scores));
        }
    }

    @Test
    void ofEqualScoresTheFirstGroupsJoin() {
        // 0 may join 1 or 2, and 1 and 2 never meet: the first of both comes first.
        PairScores scores = new PairScores(3, (one, two) -> one == 0 ? 5 : Double.NEGATIVE_INFINITY);
        assertThat(merged(scores)).containsExactly(List.of(0, 1), List.of(2));
    }

    /** 1 and 3 join first. The mean of 1.5 and the number before it rounds to 1.5: 0 has two partners as good, and 1 comes before 2. */
    @Test
    void aJoinedGroupThatBecomesAsGoodByRoundingCounts() {
        double[][] upper = {{0, Math.nextDown(1.5), 1.5, 1.5}, {0, 0, Double.NEGATIVE_INFINITY, 100}};
        PairScores scores =
                new PairScores(4, (one, two) -> one < upper.length ? upper[one][two] : Double.NEGATIVE_INFINITY);
        assertThat(merged(scores)).isEqualTo(plain(scores)).containsExactly(List.of(0, 1, 3), List.of(2));
    }

    @Test
    void scoresUpToTheLimitJoinNobody() {
        assertThat(merged(new PairScores(3, (one, two) -> APART))).hasSize(3);
        assertThat(merged(new PairScores(3, (one, two) -> APART + 1))).hasSize(1);
        assertThat(merged(new PairScores(0, (one, two) -> 0))).isEmpty();
    }

    @Test
    void everyPairIsAskedForOnce() {
        long[] asked = {0};
        PairScores scores = new PairScores(256, (one, two) -> {
            asked[0]++;
            return 1.0 / (two - one);
        });
        assertThat(merged(scores)).hasSize(1);
        // 256 * 255 / 2; asking anew every turn made that 2.8 million.
        assertThat(asked[0]).isEqualTo(32_640);
    }

    /** Few different values, for ties; some pairs never join. */
    private static PairScores randomScores(SplittableRandom random, int vcpus) {
        int never = random.nextInt(4);
        return new PairScores(vcpus, (one, two) -> switch (random.nextInt(8)) {
            case 0 -> never == 0 ? 0 : Double.NEGATIVE_INFINITY;
            case 1, 2 -> random.nextInt(-200, -150);
            case 3 -> random.nextDouble() * 100;
            default -> random.nextInt(-3, 4);
        });
    }

    private static List<List<Integer>> merged(PairScores scores) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int[] group : new PairwiseMerging(scores, APART).merge()) {
            List<Integer> members = new ArrayList<>();
            for (int vcpu : group) {
                members.add(vcpu);
            }
            groups.add(members);
        }
        return groups;
    }

    private static List<List<Integer>> plain(PairScores scores) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int vcpu = 0; vcpu < scores.vcpus(); vcpu++) {
            groups.add(new ArrayList<>(List.of(vcpu)));
        }
        while (joinBest(groups, scores)) {
            // Each turn joins two groups.
        }
        return groups;
    }

    private static boolean joinBest(List<List<Integer>> groups, PairScores scores) {
        int first = -1;
        int second = -1;
        double best = APART;
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                double score = mean(groups.get(i), groups.get(j), scores);
                if (score > best) {
                    best = score;
                    first = i;
                    second = j;
                }
            }
        }
        if (first >= 0) {
            groups.get(first).addAll(groups.remove(second));
        }
        return first >= 0;
    }

    private static double mean(List<Integer> one, List<Integer> two, PairScores scores) {
        double sum = 0;
        for (int a : one) {
            for (int b : two) {
                sum += scores.of(a, b);
            }
        }
        return sum / (one.size() * two.size());
    }
}
