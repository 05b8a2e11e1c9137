package plescope.replay.guest;

import plescope.replay.workload.Workload;

/**
 * When recorded work is a program's and not the guest kernel's. Its share is known, its places are not: each moment is drawn by itself,
 * from the moment alone, so that asking changes nothing. Preemptions are far enough apart for that [I].
 */
final class RecordedUserMode {
    private final int[] permille;

    RecordedUserMode(Workload work) {
        permille = new int[work.vcpuCount()];
        for (int vcpu = 0; vcpu < permille.length; vcpu++) {
            permille[vcpu] = work.work(vcpu).userPermille();
        }
    }

    /** Whether the host finds the vCPU, which computes, in user mode. */
    boolean at(int vcpu, long timeNs) {
        return permille[vcpu] > 0 && Math.floorMod(mixed(timeNs * permille.length + vcpu), 1000) < permille[vcpu];
    }

    /** Every bit of the result hangs on every bit of the value: the finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
