package plescope.replay.whatif;

import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.PleHardware;

/** What a trial gets wrong on purpose, to see how much the answer hangs on it. */
public enum Perturbation {
    NONE(1, 1),
    /** All costs of the host model times 0.5. */
    COSTS_HALVED(0.5, 1),
    /** All costs of the host model times 2. */
    COSTS_DOUBLED(2, 1),
    /** A PLE window takes half as long: where no recorded window told. */
    WINDOW_HALVED(1, 0.5),
    /** Twice as long. */
    WINDOW_DOUBLED(1, 2);

    private final double costs;
    private final double window;

    Perturbation(double costs, double window) {
        this.costs = costs;
        this.window = window;
    }

    /** The experiment, so perturbed; a what-if is applied afterwards. */
    public Experiment apply(Experiment to) {
        if (this == NONE) {
            return to;
        }
        HostModel host = to.host();
        PleHardware ple = host.ple();
        long unit = Math.max(1, Math.round(ple.unitPicos() * window));
        return to.with(host.withCosts(host.costs().scaled(costs))
                .withPle(new PleHardware(ple.window(), ple.grow(), ple.shrink(), ple.max(), unit)));
    }
}
