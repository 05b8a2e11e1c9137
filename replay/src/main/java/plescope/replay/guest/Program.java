package plescope.replay.guest;

import java.util.List;
import java.util.SplittableRandom;

/** A task's instructions in a row, with jumps in place of nesting, so that its progress is one number and its loop counters. */
final class Program {
    enum Op {
        COMPUTE_KERNEL,
        COMPUTE_USER,
        LOCK,
        UNLOCK,
        SHOOTDOWN,
        CALL,
        SEND,
        RECEIVE,
        SLEEP,
        IO,
        MEET,
        REPEAT,
        LOOP,
        CHOOSE,
        JUMP,
        COUNT,
        END
    }

    /**
     * One operation.
     *
     * @param ref what it refers to: a lock, channel, barrier, loop counter or choice
     * @param target where loops and jumps go
     * @param ns a constant: repetitions, or host time of an exit
     * @param span what is drawn anew each time, null where nothing is
     */
    record Line(Op op, int ref, int target, long ns, Span span) {}

    /**
     * Branches to choose from.
     *
     * @param sums running sums of their weights
     * @param starts where they begin
     */
    record Choice(List<Integer> sums, List<Integer> starts) {}

    private final Line[] lines;
    private final int[][] sums;
    private final int[][] starts;
    private final int loops;

    Program(List<Line> lines, List<Choice> choices, int loops) {
        this.lines = lines.toArray(new Line[0]);
        this.sums = choices.stream().map(c -> ints(c.sums)).toArray(int[][]::new);
        this.starts = choices.stream().map(c -> ints(c.starts)).toArray(int[][]::new);
        this.loops = loops;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    Line line(int pc) {
        return lines[pc];
    }

    /** Number of loop counters. */
    int loops() {
        return loops;
    }

    /** Where a choice goes on, drawn by weight. */
    int choose(int choice, SplittableRandom random) {
        int[] sum = sums[choice];
        int drawn = random.nextInt(sum[sum.length - 1]);
        int branch = 0;
        while (drawn >= sum[branch]) {
            branch++;
        }
        return starts[choice][branch];
    }
}
