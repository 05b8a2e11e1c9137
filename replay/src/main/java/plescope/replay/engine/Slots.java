package plescope.replay.engine;

/** The event queue's slots and their order at equal times: what guests do before what the host does to them. */
final class Slots {
    private static final int RANK_TIMER = 0;
    private static final int RANK_KICK = 1;
    private static final int RANK_WAKE = 2;
    private static final int RANK_TICK = 3;
    private static final int RANK_WATCHDOG = 4;
    /** Last, so that what is due exactly at the end still counts. */
    private static final int RANK_END = 5;

    private final int pcpus;
    private final int vcpus;

    Slots(int pcpus, int vcpus) {
        this.pcpus = pcpus;
        this.vcpus = vcpus;
    }

    /** End of what the pCPU is doing. */
    int timer(int pcpu) {
        return pcpu;
    }

    /** A reschedule or kick IPI arrives at the pCPU. */
    int kick(int pcpu) {
        return pcpus + pcpu;
    }

    int tick(int pcpu) {
        return 2 * pcpus + pcpu;
    }

    /** A timer or device wakes the vCPU. */
    int wake(int vcpu) {
        return 3 * pcpus + vcpu;
    }

    int watchdog() {
        return 3 * pcpus + vcpus;
    }

    int end() {
        return 3 * pcpus + vcpus + 1;
    }

    int[] ranks() {
        int[] ranks = new int[3 * pcpus + vcpus + 2];
        for (int p = 0; p < pcpus; p++) {
            ranks[timer(p)] = RANK_TIMER;
            ranks[kick(p)] = RANK_KICK;
            ranks[tick(p)] = RANK_TICK;
        }
        for (int v = 0; v < vcpus; v++) {
            ranks[wake(v)] = RANK_WAKE;
        }
        ranks[watchdog()] = RANK_WATCHDOG;
        ranks[end()] = RANK_END;
        return ranks;
    }
}
