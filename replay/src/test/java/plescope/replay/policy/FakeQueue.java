package plescope.replay.policy;

/** A run queue with the numbers it is told to have. */
final class FakeQueue implements RunQueueView {
    long now;
    int nrRunning = 2;
    int running;
    int pcpu;
    long baseSliceNs;
    boolean resched;
    private final boolean eevdf;
    private final long granularityNs;

    private FakeQueue(boolean eevdf, long granularityNs) {
        this.baseSliceNs = granularityNs;
        this.eevdf = eevdf;
        this.granularityNs = granularityNs;
    }

    static FakeQueue cfs(long wakeupGranularityNs) {
        return new FakeQueue(false, wakeupGranularityNs);
    }

    static FakeQueue eevdf(long baseSliceNs) {
        return new FakeQueue(true, baseSliceNs);
    }

    @Override
    public int pcpu() {
        return pcpu;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public int nrRunning() {
        return nrRunning;
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public long wakeupGranularityNs() {
        return granularityNs;
    }

    @Override
    public long baseSliceNs() {
        return baseSliceNs;
    }

    @Override
    public boolean eevdf() {
        return eevdf;
    }

    @Override
    public void resched() {
        resched = true;
    }
}
