package plescope.replay.timeline;

import java.util.List;

/**
 * Who is who, told by the user: the best source of VM identity, because text logs rarely print process ids.
 *
 * @param entries one per vCPU thread; threads that are not listed are grouped from the log
 */
public record ThreadMap(List<Entry> entries) {
    /** Nothing is known beforehand. */
    public static final ThreadMap EMPTY = new ThreadMap(List.of());

    public ThreadMap {
        entries = List.copyOf(entries);
    }

    /**
     * One vCPU thread.
     *
     * @param tid host thread id
     * @param tgid process id of the VMM, -1 where unknown
     * @param vm name of the VM, as reports shall spell it
     * @param vcpu number of the vCPU inside its VM
     */
    public record Entry(int tid, int tgid, String vm, int vcpu) {}
}
