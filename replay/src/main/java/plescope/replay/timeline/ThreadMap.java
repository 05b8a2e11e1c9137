package plescope.replay.timeline;

import java.util.List;
import plescope.replay.model.Roster;

/**
 * Who is who, told by the user: the best source of VM identity, because text logs rarely print process ids.
 *
 * @param entries one per vCPU thread; threads that are not listed are grouped from the log
 * @param listed threads of the host with their processes, as {@code ps} lists them; the log's own process ids outrank them
 */
public record ThreadMap(List<Entry> entries, List<Roster.HostThread> listed) {
    /** Nothing is known beforehand. */
    public static final ThreadMap EMPTY = new ThreadMap(List.of());

    public ThreadMap {
        entries = List.copyOf(entries);
        listed = List.copyOf(listed);
    }

    /** A map of vCPU threads only. */
    public ThreadMap(List<Entry> entries) {
        this(entries, List.of());
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
