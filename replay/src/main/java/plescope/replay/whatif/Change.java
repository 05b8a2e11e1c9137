package plescope.replay.whatif;

import java.util.List;

/** One thing that is different in a what-if: the setting, the machine, or the VMs on it. {@code toString} is what a user writes. */
@FunctionalInterface
public interface Change {
    /** The experiment with this difference; throws {@code IllegalArgumentException} with the reason where it makes no sense there. */
    Experiment apply(Experiment to);

    /**
     * What makes the host of one recording that of another, as far as their logs show: setting, pCPUs, PLE, pinning. What a log only
     * assumes of its kernel counts as no difference.
     */
    static List<Change> between(Recording from, Recording to) {
        return new HostDifference(from, to).changes();
    }
}
