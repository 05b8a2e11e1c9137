package plescope.replay.guest;

import java.util.Arrays;
import java.util.List;

/**
 * How long waits of one kind took.
 *
 * @param powers number of waits by length: index 0 for those of no time, index k for 2^(k-1) to 2^k - 1 ns
 */
public record WaitTally(long count, long totalNs, long maxNs, List<Long> powers) {
    public WaitTally {
        powers = List.copyOf(powers);
    }

    /**
     * A bound that {@code percent} of the waits do not exceed: the end of the power of two where that share is reached, or the
     * longest wait if that is less. 0 without waits.
     */
    public long boundNs(int percent) {
        long seen = 0;
        for (int power = 0; power < powers.size(); power++) {
            seen += powers.get(power);
            if (count > 0 && seen * 100 >= count * percent) {
                return Math.min(maxNs, power == 0 ? 0 : (1L << power) - 1);
            }
        }
        return 0;
    }

    /** Counts waits as they end. */
    static final class Counter {
        private final long[] powers = new long[64];
        private long count;
        private long totalNs;
        private long maxNs;

        void add(long ns) {
            powers[Long.SIZE - Long.numberOfLeadingZeros(ns)]++;
            count++;
            totalNs += ns;
            maxNs = Math.max(maxNs, ns);
        }

        WaitTally tally() {
            return new WaitTally(
                    count, totalNs, maxNs, Arrays.stream(powers).boxed().toList());
        }
    }
}
