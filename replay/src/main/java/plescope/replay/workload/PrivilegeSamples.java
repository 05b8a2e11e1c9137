package plescope.replay.workload;

import java.util.Arrays;
import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.model.Roster;
import plescope.replay.model.VmExit;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * How often host interrupts found a vCPU at work in user mode: addresses in the upper half are the kernel's, those in the lower half
 * a program's [K]. Interrupts preempt, too, so this is the share of preemptions at work that hit a program.
 */
final class PrivilegeSamples {
    /** Fewer samples at work say nothing. */
    static final int MIN_SAMPLES = 20;

    /** Kernels that run in the lower half show it by halts and MSR accesses there; up to one in so many is a guest that boots [I]. */
    static final int MOST_LOWER = 10;

    private long[] timesNs = new long[16];
    private boolean[] lower = new boolean[16];
    private int size;
    private int privileged;
    private int privilegedLower;

    void exit(VmExit exit) {
        Family family = exit.reason().family();
        if (exit.guestRip() == 0) {
            return;
        }
        boolean inLower = exit.guestRip() > 0;
        if (family == Family.HALT || family == Family.MSR) {
            // Only privilege level 0 may.
            privileged++;
            privilegedLower += inLower ? 1 : 0;
        } else if (family == Family.INTERRUPT) {
            if (size == timesNs.length) {
                timesNs = Arrays.copyOf(timesNs, size * 2);
                lower = Arrays.copyOf(lower, size * 2);
            }
            timesNs[size] = exit.exitNs();
            lower[size] = inLower;
            size++;
        }
    }

    /** By dense vCPU index, permille; 0 throughout a VM whose addresses do not tell. */
    static int[] userPermille(Roster roster, List<VcpuRecord> vcpus) {
        int[] permille = new int[vcpus.size()];
        for (Roster.Vm vm : roster.vms()) {
            int all = 0;
            int inLower = 0;
            for (int vcpu : roster.vcpusOf(vm.id())) {
                all += vcpus.get(vcpu).privilege.privileged;
                inLower += vcpus.get(vcpu).privilege.privilegedLower;
            }
            // No such exit at all: a kernel that nobody saw may be anywhere.
            if (all > 0 && inLower <= all / MOST_LOWER) {
                roster.vcpusOf(vm.id())
                        .forEach(vcpu ->
                                permille[vcpu] = vcpus.get(vcpu).privilege.userPermille(vcpus.get(vcpu).guest));
            }
        }
        return permille;
    }

    private int userPermille(CumulativeTime work) {
        int atWork = 0;
        int user = 0;
        for (int i = 0; i < size; i++) {
            if (work.between(timesNs[i] - 1, timesNs[i]) > 0) {
                atWork++;
                user += lower[i] ? 1 : 0;
            }
        }
        return atWork < MIN_SAMPLES ? 0 : 1000 * user / atWork;
    }
}
