package plescope.analysis.reproduce;

/**
 * One published number and the two simulated runs that stand for it.
 *
 * @param id such as {@code T4-8-throughput}; what comes before the first dash is the experiment
 * @param source who published it
 * @param setup in words, as the source has it
 * @param metric what is compared
 * @param vms names of the VMs it is summed over: those that begin with this; empty for all
 * @param before the run the change is counted from
 * @param after the run the change leads to
 * @param published change in percent, or a level in the metric's unit where {@code expect} asks for one
 * @param publishedBefore what the source printed for {@code before}, in its own unit; NaN where it printed none
 * @param expect what of the number a simulation of another machine can be held to
 * @param order rows of equal, non-empty order must rank as the published ones do
 * @param note what a reader must know
 * @param reason why it does not come out, as far as that is known; printed only then
 */
record Figure(
        String id,
        String source,
        String setup,
        Metric metric,
        String vms,
        Run before,
        Run after,
        double published,
        double publishedBefore,
        Expectation expect,
        String order,
        String note,
        String reason) {
    /**
     * A scenario with its parameters under a setting.
     *
     * @param set parameters that differ from the scenario's, {@code name=value} joined by spaces
     */
    record Run(String scenario, String set, String setting) {}

    /** The experiment of the assertion list, such as {@code T4}. */
    String experiment() {
        int dash = id.indexOf('-');
        return dash < 0 ? id : id.substring(0, dash);
    }
}
