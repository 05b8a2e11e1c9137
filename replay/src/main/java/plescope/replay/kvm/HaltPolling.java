package plescope.replay.kvm;

/** One vCPU's {@code halt_poll_ns}: how long a halt keeps its pCPU in the hope of a quick wake-up. */
public final class HaltPolling {
    /** Module parameter {@code halt_poll_ns}, x86. */
    public static final long MAX_NS = 200_000;

    private static final int GROW = 2;
    private static final long GROW_START_NS = 10_000;

    private final int shrink;
    private long pollNs;

    /** Takes {@code halt_poll_ns_shrink}: 0 resets (until 6.10), 2 halves (since 6.11). */
    public HaltPolling(int shrink) {
        this.shrink = shrink;
    }

    public long ns() {
        return pollNs;
    }

    /** Adapts to a halt that lasted {@code haltNs}, polling included. */
    public void halted(long haltNs) {
        if (haltNs <= pollNs) {
            return;
        }
        if (pollNs > 0 && haltNs > MAX_NS) {
            pollNs = shrunk(pollNs);
        } else if (pollNs < MAX_NS && haltNs < MAX_NS) {
            pollNs = Math.min(MAX_NS, Math.max(pollNs * GROW, GROW_START_NS));
        }
    }

    private long shrunk(long value) {
        long result = shrink == 0 ? 0 : value / shrink;
        return result < GROW_START_NS ? 0 : result;
    }
}
