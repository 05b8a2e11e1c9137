package plescope.replay.guest;

import java.util.SplittableRandom;

/** How long something takes, nanoseconds: always the same, or drawn anew each time. */
public sealed interface Span {
    /** Draws one duration. */
    long draw(SplittableRandom random);

    /** Always {@code ns}. */
    record Fixed(long ns) implements Span {
        @Override
        public long draw(SplittableRandom random) {
            return ns;
        }
    }

    /** Each whole number from {@code least} to {@code most}, both included, equally often. */
    record Uniform(long least, long most) implements Span {
        public Uniform {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException("uniform needs 0 <= least <= most, was " + least + ", " + most);
            }
        }

        @Override
        public long draw(SplittableRandom random) {
            return least + random.nextLong(most - least + 1);
        }
    }

    /** Exponential with that mean, capped at twenty times the mean. Drawn by {@code StrictMath}, equal on all machines. */
    record Exponential(long meanNs) implements Span {
        private static final int CAP = 20;

        @Override
        public long draw(SplittableRandom random) {
            double unit = 1 - random.nextDouble();
            return Math.min(CAP * meanNs, (long) (-meanNs * StrictMath.log(unit)));
        }
    }
}
