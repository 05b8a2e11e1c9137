package plescope.replay.spin;

/** Which vCPUs got a pCPU lately, on the whole host and in order of time. A ring: old ones fall out. */
final class SwitchIns {
    /** Of a host that switches a million times per second, 65 ms. */
    private static final int KEPT = 1 << 16;

    private static final int AT_FIRST = 64;

    private long[] atNs = new long[AT_FIRST];
    private int[] vcpu = new int[AT_FIRST];
    private long first;
    private long end;
    /** All that came later are known. */
    private long knownFromNs = Long.MIN_VALUE;

    void add(long nowNs, int who) {
        if (end > first && nowNs < atNs[slot(end - 1)]) {
            // The clock stepped back: what came before cannot be searched by time.
            knownFromNs = Math.max(knownFromNs, atNs[slot(end - 1)]);
            first = end;
        }
        if (end - first == atNs.length) {
            makeRoom();
        }
        atNs[slot(end)] = nowNs;
        vcpu[slot(end)] = who;
        end++;
    }

    /** Whether all that came later than {@code ns} are still known. */
    boolean reachBackTo(long ns) {
        return ns >= knownFromNs;
    }

    /** Position of the first that came later than {@code ns}; they are numbered in order of time. */
    long firstAfter(long ns) {
        long low = first;
        long high = end;
        while (low < high) {
            long mid = (low + high) >>> 1;
            if (atNs[slot(mid)] <= ns) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** Position behind the last. */
    long end() {
        return end;
    }

    long atNs(long position) {
        return atNs[slot(position)];
    }

    int vcpu(long position) {
        return vcpu[slot(position)];
    }

    private void makeRoom() {
        if (atNs.length == KEPT) {
            knownFromNs = Math.max(knownFromNs, atNs[slot(first)]);
            first++;
            return;
        }
        long[] times = new long[2 * atNs.length];
        int[] who = new int[times.length];
        int mask = times.length - 1;
        for (long i = first; i < end; i++) {
            times[(int) i & mask] = atNs[slot(i)];
            who[(int) i & mask] = vcpu[slot(i)];
        }
        atNs = times;
        vcpu = who;
    }

    private int slot(long position) {
        return (int) position & (atNs.length - 1);
    }
}
