package plescope.analysis.reproduce;

/** What is measured of the VMs of a run. */
enum Metric {
    /** Operations per second. */
    THROUGHPUT("throughput"),
    /** Seconds per thousand operations: what a benchmark of fixed work prints. */
    TIME("time"),
    /** Directed yields asked for, PLE exits and hypercalls alike, per second. */
    YIELDS("yields"),
    /** PLE exits per thousand operations: what a benchmark of fixed work counts. */
    PLE("ple"),
    /** Steal, percent of the time vCPUs wanted to run. */
    STEAL("steal"),
    /** Seconds of guest work per second. */
    WORK("work"),
    /** PLE exits of the longest spin. */
    BURST("burst");

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    double of(VmTotals vm) {
        return switch (this) {
            case THROUGHPUT -> vm.operations() / vm.seconds();
            case TIME -> 1000 * vm.seconds() / vm.operations();
            case YIELDS -> vm.yields() / vm.seconds();
            case PLE -> 1000.0 * vm.pauseExits() / vm.operations();
            case STEAL -> 100.0 * vm.stealNs() / Math.max(1, vm.stealNs() + vm.ranNs());
            case WORK -> vm.workNs() / vm.seconds() / 1e9;
            case BURST -> vm.longestBurst();
        };
    }

    static Metric parse(String text) {
        for (Metric metric : values()) {
            if (metric.label.equals(text)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("no metric is called '" + text + "'");
    }
}
