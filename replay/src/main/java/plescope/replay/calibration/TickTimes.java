package plescope.replay.calibration;

import java.util.Arrays;

/**
 * Whether the ticks of all pCPUs fall together, as they do unless the host was booted with {@code skew_tick=1}, and how closely.
 * Guests show ticks as interrupt exits at the same offset in nearly every tick period; other interrupts come at other offsets.
 */
final class TickTimes {
    /** Parts of a tick period told apart; ticks that fall together lie in two adjoining ones [I]. */
    private static final int PARTS = 64;

    private static final int NO_PART = -1;

    /** Kept per pCPU: few, because the host's and the trace's clock drift apart. */
    private static final int LIMIT = 4096;

    /** Fewer periods than this show nothing. */
    private static final int MIN_PERIODS = 50;

    private long[][] exitNs = new long[8][];
    private int[] size = new int[8];

    /** An interrupt ended guest mode. */
    void interrupted(int pcpu, long timeNs) {
        if (pcpu < 0) {
            return;
        }
        if (pcpu >= size.length) {
            size = Arrays.copyOf(size, 2 * pcpu);
            exitNs = Arrays.copyOf(exitNs, 2 * pcpu);
        }
        if (exitNs[pcpu] == null) {
            exitNs[pcpu] = new long[LIMIT];
        }
        if (size[pcpu] < LIMIT) {
            exitNs[pcpu][size[pcpu]++] = timeNs;
        }
    }

    /**
     * How far apart the ticks of one period come, -1 where the log does not show at least two pCPUs whose ticks fall together. From the
     * middle 80 %: the few that were held up longer do not set the order of the others.
     */
    long spreadNs(long periodNs) {
        int reference = NO_PART;
        int showing = 0;
        for (int pcpu = 0; pcpu < size.length; pcpu++) {
            int part = tickPart(pcpu, periodNs);
            if (part == NO_PART) {
                continue;
            }
            reference = reference == NO_PART ? part : reference;
            if (Math.floorMod(part - reference + 1, PARTS) > 2) {
                return -1;
            }
            showing++;
        }
        return showing < 2 ? -1 : spreadNs(periodNs, reference);
    }

    /** Where the interrupts of that pCPU gather, in parts of a period, {@link #NO_PART} if fewer than half of the periods have one there. */
    private int tickPart(int pcpu, long periodNs) {
        int[] counts = new int[PARTS];
        for (int i = 0; i < size[pcpu]; i++) {
            counts[(int) (Math.floorMod(exitNs[pcpu][i], periodNs) * PARTS / periodNs)]++;
        }
        int densest = 0;
        for (int part = 1; part < PARTS; part++) {
            densest = pair(counts, part) > pair(counts, densest) ? part : densest;
        }
        long periods = size[pcpu] == 0 ? 0 : (exitNs[pcpu][size[pcpu] - 1] - exitNs[pcpu][0]) / periodNs;
        return periods >= MIN_PERIODS && 2L * pair(counts, densest) >= periods ? densest : NO_PART;
    }

    private static int pair(int[] counts, int part) {
        return counts[part] + counts[(part + 1) % PARTS];
    }

    private long spreadNs(long periodNs, int reference) {
        long partNs = periodNs / PARTS;
        DurationSample offsets = new DurationSample();
        for (int pcpu = 0; pcpu < size.length; pcpu++) {
            for (int i = 0; i < size[pcpu]; i++) {
                long offset = Math.floorMod(exitNs[pcpu][i] - reference * partNs, periodNs);
                if (offset < 2 * partNs) {
                    offsets.add(offset);
                }
            }
        }
        return offsets.quantile(0.9, 1, 0) - offsets.quantile(0.1, 1, 0);
    }
}
