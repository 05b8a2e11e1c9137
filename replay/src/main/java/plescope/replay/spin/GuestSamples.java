package plescope.replay.spin;

import java.util.Arrays;

/**
 * When one vCPU ran, and the guest addresses at which host interrupts found it: a profile taken by chance.
 *
 * <p>A run lasts from the first VM entry after the thread got its pCPU to the last VM exit before it lost it.
 */
public final class GuestSamples {
    /** How a run ended. */
    private enum End {
        /** Preempted at a host interrupt, whose address says what the vCPU was at. */
        INTERRUPTED,
        /** The guest halted, or its thread slept: it holds no spinlock. */
        BLOCKED,
        UNKNOWN
    }

    private long[] startNs = new long[16];
    private long[] endNs = new long[16];
    private End[] ends = new End[16];
    private long[] lastRip = new long[16];
    private int runs;

    private long[] sampleNs = new long[64];
    private long[] sampleRip = new long[64];
    private int[] sampleRun = new int[64];
    private int samples;

    void ran(long fromNs, long toNs) {
        if (runs == startNs.length) {
            startNs = Arrays.copyOf(startNs, runs * 2);
            endNs = Arrays.copyOf(endNs, runs * 2);
            ends = Arrays.copyOf(ends, runs * 2);
            lastRip = Arrays.copyOf(lastRip, runs * 2);
        }
        startNs[runs] = fromNs;
        endNs[runs] = toNs;
        ends[runs] = End.UNKNOWN;
        runs++;
    }

    void extend(long toNs) {
        endNs[runs - 1] = toNs;
    }

    void interrupted(long rip) {
        ends[runs - 1] = End.INTERRUPTED;
        lastRip[runs - 1] = rip;
    }

    void unknownEnd() {
        ends[runs - 1] = End.UNKNOWN;
    }

    void blocked() {
        if (runs > 0) {
            ends[runs - 1] = End.BLOCKED;
        }
    }

    /** A host interrupt found the current run at {@code rip}. */
    void sampled(long timeNs, long rip) {
        if (samples == sampleNs.length) {
            sampleNs = Arrays.copyOf(sampleNs, samples * 2);
            sampleRip = Arrays.copyOf(sampleRip, samples * 2);
            sampleRun = Arrays.copyOf(sampleRun, samples * 2);
        }
        sampleNs[samples] = timeNs;
        sampleRip[samples] = rip;
        sampleRun[samples] = runs - 1;
        samples++;
    }

    /** The time a sample stands for: since the last one of its run, or since the run began. */
    public long standsForNs(int sample) {
        int run = sampleRun[sample];
        boolean first = sample == 0 || sampleRun[sample - 1] != run;
        return sampleNs[sample] - (first ? startNs[run] : sampleNs[sample - 1]);
    }

    public int runs() {
        return runs;
    }

    public long runStartNs(int run) {
        return startNs[run];
    }

    public long runEndNs(int run) {
        return endNs[run];
    }

    /** Time in runs, handling of exits within them included. */
    public long ranNs() {
        long sum = 0;
        for (int run = 0; run < runs; run++) {
            sum += endNs[run] - startNs[run];
        }
        return sum;
    }

    /** Whether a host interrupt ended the run, so that {@link #runEndRip} says what the vCPU was at. */
    public boolean runEndedByInterrupt(int run) {
        return ends[run] == End.INTERRUPTED;
    }

    public boolean runEndedBlocked(int run) {
        return ends[run] == End.BLOCKED;
    }

    public long runEndRip(int run) {
        return lastRip[run];
    }

    public int samples() {
        return samples;
    }

    public long sampleNs(int sample) {
        return sampleNs[sample];
    }

    public long sampleRip(int sample) {
        return sampleRip[sample];
    }

    /** The run this sample was taken in. */
    public int sampleRun(int sample) {
        return sampleRun[sample];
    }

    /** The first sample at or after {@code timeNs}, {@link #samples()} where there is none. */
    int firstSampleAt(long timeNs) {
        int found = Arrays.binarySearch(sampleNs, 0, samples, timeNs);
        return found >= 0 ? found : -found - 1;
    }

    /** The last run that began at or before {@code timeNs}, -1 where none did. */
    public int runAt(long timeNs) {
        int found = Arrays.binarySearch(startNs, 0, runs, timeNs);
        return found >= 0 ? found : -found - 2;
    }
}
