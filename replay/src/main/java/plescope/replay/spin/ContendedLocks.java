package plescope.replay.spin;

import java.util.Arrays;
import plescope.replay.timeline.VmGrouping;

/** The locks of all VMs, one per VM and PAUSE loop, numbered in the order of their first wait. */
final class ContendedLocks {
    private static final ContendedLock[] NONE = {};

    /** By VM, and within by loop; the first are those of vCPUs whose VM is not known yet. */
    private ContendedLock[][] byVm = {};

    private int count;

    /** The lock that this episode waited for, if it waited for one. */
    ContendedLock of(Episode e, VmGrouping grouping) {
        int vm = grouping.vm(e.vcpu) + 1;
        int loop = e.loop.id;
        if (vm >= byVm.length) {
            int known = byVm.length;
            byVm = Arrays.copyOf(byVm, 2 * vm + 2);
            Arrays.fill(byVm, known, byVm.length, NONE);
        }
        if (loop >= byVm[vm].length) {
            byVm[vm] = Arrays.copyOf(byVm[vm], 2 * loop + 2);
        }
        if (byVm[vm][loop] == null) {
            byVm[vm][loop] = new ContendedLock(count++);
        }
        return byVm[vm][loop];
    }
}
