package plescope.replay.whatif;

/** What a trial gets wrong on purpose, to see how much the answer hangs on it. */
public enum Perturbation {
    NONE(1),
    /** All costs of the host model times 0.5. */
    COSTS_HALVED(0.5),
    /** All costs of the host model times 2. */
    COSTS_DOUBLED(2);

    private final double costs;

    Perturbation(double costs) {
        this.costs = costs;
    }

    /** The experiment, so perturbed; a what-if is applied afterwards. */
    public Experiment apply(Experiment to) {
        return this == NONE ? to : to.with(to.host().withCosts(to.host().costs().scaled(costs)));
    }
}
