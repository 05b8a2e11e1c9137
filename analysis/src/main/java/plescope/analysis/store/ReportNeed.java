package plescope.analysis.store;

/**
 * A tracepoint that reports need.
 *
 * @param reports names of the reports
 * @param tracepoint the kernel's name
 * @param alias another tracepoint, or an older name, that serves as well
 * @param essential whether there is no answer at all without it
 * @param whenHalting whether only guests that halt need it
 * @param unknown what cannot be known without it
 */
public record ReportNeed(
        String reports, String tracepoint, String alias, boolean essential, boolean whenHalting, String unknown) {}
