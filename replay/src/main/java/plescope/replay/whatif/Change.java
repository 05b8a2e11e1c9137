package plescope.replay.whatif;

/** One thing that is different in a what-if: the setting, the machine, or the VMs on it. {@code toString} is what a user writes. */
@FunctionalInterface
public interface Change {
    /** The experiment with this difference; throws {@code IllegalArgumentException} with the reason where it makes no sense there. */
    Experiment apply(Experiment to);
}
