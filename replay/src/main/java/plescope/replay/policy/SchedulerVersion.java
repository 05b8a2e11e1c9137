package plescope.replay.policy;

/** A host kernel whose fair scheduler can be simulated; its numbers are in {@code SchedulerTunables}. */
public enum SchedulerVersion {
    /** CFS: the slice counts the entities of its own queue. */
    CFS_5_6("cfs-5.6", "p2019"),
    /** CFS: the slice counts all threads below and has a floor (5.13). */
    CFS_6_1("cfs-6.1", "p2021"),
    /** EEVDF with delayed dequeue, NEXT_BUDDY off. */
    EEVDF_6_12("eevdf-6.12", "p2024");

    private final String label;
    private final String era;

    SchedulerVersion(String label, String era) {
        this.label = label;
        this.era = era;
    }

    /** As written in settings. */
    public String label() {
        return label;
    }

    /** The state of {@code kvm_vcpu_on_spin} in that kernel, used where a setting names none. */
    public String era() {
        return era;
    }
}
