package plescope.replay.whatif;

import plescope.replay.model.VcpuInterval;

/** What {@link Meter} counts of one vCPU. */
final class VcpuMeter {
    static final int WORK = 0;
    static final int SPIN = 1;
    /** In the host for the guest, halt polling included. */
    static final int HOST = 2;

    static final int STEAL = 3;
    static final int UNKNOWN = 4;
    static final int PLE_EXITS = 5;
    static final int YIELDED = 6;
    static final int YIELDED_RIGHT = 7;
    static final int MIGRATIONS = 8;
    /** Guest time of spin episodes whose cause was asked for, and of those where nobody knows it. */
    static final int JUDGED_SPIN = 9;

    static final int UNKNOWN_SPIN = 10;
    private static final int KINDS = 11;

    final SlicedCounts counts = new SlicedCounts(KINDS);
    /** PLE exits of each episode. */
    final SlicedHistogram bursts = new SlicedHistogram();

    final SlicedHistogram lockWaits = new SlicedHistogram();
    final SlicedHistogram ipiWaits = new SlicedHistogram();
    private int ranOn = -1;

    /** The widest slices in use, as a power of two in nanoseconds. */
    int shift() {
        return Math.max(Math.max(counts.shift(), bursts.shift()), Math.max(lockWaits.shift(), ipiWaits.shift()));
    }

    void interval(VcpuInterval interval) {
        int kind =
                switch (interval.state()) {
                    case GUEST -> WORK;
                    case SPINNING -> SPIN;
                    case HOST, HALT_POLL -> HOST;
                    case PREEMPTED, WAITING -> STEAL;
                    case UNKNOWN -> UNKNOWN;
                    case BLOCKED -> -1;
                };
        if (kind >= 0) {
            counts.addStretch(kind, interval.startNs(), interval.endNs());
        }
        if (kind >= 0 && kind <= HOST && interval.pcpu() >= 0) {
            if (ranOn >= 0 && ranOn != interval.pcpu()) {
                counts.add(MIGRATIONS, interval.startNs(), 1);
            }
            ranOn = interval.pcpu();
        }
    }
}
