package plescope.analysis.check;

/** First and last event of one host CPU, and how many there were between. */
final class CpuTrail {
    private final int cpu;
    private final long firstNs;
    private long lastNs;
    private long events;

    CpuTrail(int cpu, long firstNs) {
        this.cpu = cpu;
        this.firstNs = firstNs;
    }

    void seen(long timeNs) {
        lastNs = Math.max(lastNs, timeNs);
        events++;
    }

    int cpu() {
        return cpu;
    }

    long firstNs() {
        return firstNs;
    }

    long lastNs() {
        return lastNs;
    }

    long events() {
        return events;
    }
}
