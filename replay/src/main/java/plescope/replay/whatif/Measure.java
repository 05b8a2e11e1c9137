package plescope.replay.whatif;

/** What is measured of a VM in a schedule, recorded or replayed alike. Rates are per second of the schedule after its warm-up. */
public enum Measure {
    /** Useful guest time per second, summed over vCPUs: the stand-in for operations per second. */
    THROUGHPUT("throughput", "s/s", Better.MORE),
    /** Guest time spent spinning, per second. */
    SPIN("spin", "s/s", Better.LESS),
    /** PLE exits per second. */
    PLE_EXITS("ple_exits", "1/s", Better.LESS),
    /** PLE exits after which another thread ran, per second. */
    YIELDS_SUCCEEDED("yields_succeeded", "1/s", Better.NEITHER),
    /** PLE exits after which the vCPU that was waited for ran, per second. */
    YIELDS_RIGHT("yields_right", "1/s", Better.MORE),
    /** PLE exits of the mean spin episode that has any. */
    BURST_MEAN("burst_mean", "exits", Better.LESS),
    /** 99th percentile of PLE exits per episode that has any. */
    BURST_P99("burst_p99", "exits", Better.LESS),
    /** Median wait for a lock that shows as an episode, wall time. */
    LOCK_WAIT_P50("p50_lock_wait_us", "us", Better.LESS),
    LOCK_WAIT_P99("p99_lock_wait_us", "us", Better.LESS),
    /** From an IPI's send to its acknowledgement. */
    IPI_WAIT_P50("p50_ipi_wait_us", "us", Better.LESS),
    IPI_WAIT_P99("p99_ipi_wait_us", "us", Better.LESS),
    /** Runnable without a pCPU, percent of the time vCPUs ran or wanted to. */
    STEAL("steal_percent", "%", Better.LESS),
    /** Share of all VMs' time on pCPUs, percent. */
    CPU_SHARE("cpu_share_percent", "%", Better.NEITHER),
    /** Jain's index of this VM's vCPUs' time on pCPUs: 1 is even. */
    FAIRNESS("fairness", "", Better.MORE),
    /** Switches to vCPUs per second. */
    SWITCHES("context_switches", "1/s", Better.LESS),
    /** Moves of vCPU threads to another pCPU per second. */
    MIGRATIONS("migrations", "1/s", Better.LESS),
    /** Of the guest time in spin episodes, the share whose cause is unknown: predictions rest on the rest. */
    UNKNOWN_CAUSE("unknown_cause_percent", "%", Better.NEITHER);

    private final String label;
    private final String unit;
    private final Better better;

    /** Which way is better, for comparisons and searches. */
    public enum Better {
        MORE,
        LESS,
        NEITHER
    }

    Measure(String label, String unit, Better better) {
        this.label = label;
        this.unit = unit;
        this.better = better;
    }

    /** As written in tables, databases and {@code --fail-on}. */
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }

    public Better better() {
        return better;
    }

    /** By label, null if there is none. */
    public static Measure find(String text) {
        for (Measure measure : values()) {
            if (measure.label.equals(text)) {
                return measure;
            }
        }
        return null;
    }
}
