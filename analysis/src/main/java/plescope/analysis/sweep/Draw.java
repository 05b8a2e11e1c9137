package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is left to chance in one replay: the reading of the log, and the seed. Replays of equal draws are compared pair by pair, so
 * that chance they share cancels.
 *
 * @param member of {@link plescope.replay.whatif.WorkloadSource}
 */
public record Draw(int member, long seed) implements Comparable<Draw> {
    private static final Comparator<Draw> ORDER =
            Comparator.comparingLong(Draw::seed).thenComparingInt(Draw::member);

    /** Every one of {@code members} with every one of {@code seeds}; any beginning of the list varies both. */
    public static List<Draw> all(int firstMember, int members, long firstSeed, int seeds) {
        List<Draw> draws = new ArrayList<>();
        for (int shift = 0; draws.size() < members * seeds; shift++) {
            for (int i = 0; i < Math.max(members, seeds) && draws.size() < members * seeds; i++) {
                Draw draw = new Draw(firstMember + i % members, firstSeed + (i + shift) % seeds);
                if (!draws.contains(draw)) {
                    draws.add(draw);
                }
            }
        }
        return draws;
    }

    @Override
    public int compareTo(Draw other) {
        return ORDER.compare(this, other);
    }
}
