package plescope.replay.policy;

/** A host kernel whose fair scheduler can be simulated; its numbers are in {@code SchedulerTunables}. */
public enum SchedulerVersion {
    /** CFS: the slice counts the entities of its own queue; the next buddy overrules the last. */
    CFS_5_6("cfs-5.6", "p2019"),
    /** CFS: the last buddy is tried only where the next one fails; busy_factor 16. */
    CFS_5_10("cfs-5.10", "p2019"),
    /** CFS: the slice counts all threads below and has a floor (5.13). */
    CFS_6_1("cfs-6.1", "p2021"),
    /** The first EEVDF. */
    EEVDF_6_6("eevdf-6.6", "p2021"),
    /** EEVDF with delayed dequeue, NEXT_BUDDY off: hints are kept but never used. */
    EEVDF_6_12("eevdf-6.12", "p2021"),
    /** The 6.12 long-term series from 6.12.63 on: buddies, slice and yield of later kernels, protection of 6.12. */
    EEVDF_6_12_STABLE("eevdf-6.12.y", "p2021"),
    /** PICK_BUDDY: hints count where eligible. */
    EEVDF_6_14("eevdf-6.14", "p2024"),
    /** Slice protection by {@code vprot}; base slice 0.70 ms. */
    EEVDF_6_17("eevdf-6.17", "p2024"),
    /** A yield forfeits the rest of the request. */
    EEVDF_6_18("eevdf-6.18", "p2024"),
    /** NEXT_BUDDY rewritten and on: the release candidates up to rc6. */
    EEVDF_6_19_RC1("eevdf-6.19rc1", "p2024"),
    /** NEXT_BUDDY off again. */
    EEVDF_6_19("eevdf-6.19", "p2024"),
    /** Hints count for protected picks only; lag bounded by the longest slice on the queue. */
    EEVDF_7_1("eevdf-7.1", "p2024");

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

    /** Whether it is EEVDF. */
    public boolean eevdf() {
        return compareTo(EEVDF_6_6) >= 0;
    }

    /**
     * Whether the single loop of {@code kvm_vcpu_on_spin} stores the wrong index in {@code last_boosted_vcpu}: 6.13, where it
     * came (7e513617da71), to 6.18.2 (fixed by 32bd348be3fa in 6.18.3) [K]. 6.12 has two passes; given the loop, it has it
     * as first written [I].
     */
    public boolean lastBoostedBug() {
        return compareTo(EEVDF_6_12) >= 0 && compareTo(EEVDF_6_18) <= 0;
    }
}
