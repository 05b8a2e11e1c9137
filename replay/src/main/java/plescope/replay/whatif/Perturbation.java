package plescope.replay.whatif;

import plescope.replay.model.HostModel;

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
        if (this == NONE) {
            return to;
        }
        HostModel host = to.host();
        HostModel perturbed = new HostModel(
                host.topology(),
                host.allowed(),
                host.home(),
                host.hz(),
                host.costs().scaled(costs),
                host.ple(),
                host.kvm(),
                host.cgroups());
        return new Experiment(to.work(), perturbed, to.setting());
    }
}
