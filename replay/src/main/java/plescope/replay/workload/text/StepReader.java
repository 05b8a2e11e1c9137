package plescope.replay.workload.text;

import java.util.List;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.workload.StepKind;
import plescope.replay.workload.VcpuWork;
import plescope.replay.workload.WorkloadLock;

/** Reads the steps of vCPUs. */
final class StepReader {
    private static final String STEPS =
            "steps are: compute, acquire, release, send, await, spin, spin until, exit, halt ipi, halt until";

    private final LineWords words;
    private final Names names;
    private final List<WorkloadLock> locks;
    private final IpiNames ipis;

    StepReader(LineWords words, Names names, List<WorkloadLock> locks, IpiNames ipis) {
        this.words = words;
        this.names = names;
        this.locks = locks;
        this.ipis = ipis;
    }

    /** Reads the step of a vCPU of {@code vm} that begins with {@code verb}. */
    void read(String verb, int vm, VcpuWork.Builder steps) {
        switch (verb) {
            case "compute" -> steps.add(StepKind.COMPUTE, words.nanoseconds("the guest work"), -1);
            case "acquire" -> steps.add(StepKind.ACQUIRE, 0, lock(vm));
            case "release" -> steps.add(StepKind.RELEASE, 0, lock(vm));
            case "send" -> {
                int ipi = ipis.id();
                receiver(ipi);
                steps.add(StepKind.SEND_IPI, 0, ipi);
            }
            case "await" -> await(steps);
            case "spin" -> spin(steps);
            case "exit" -> {
                Family family = words.constant(Family.class, "family of exits");
                steps.add(StepKind.HOST, words.nanoseconds("the host time"), family.ordinal());
            }
            case "halt" -> halt(steps);
            default -> throw words.fault("'" + verb + "' is no step", STEPS);
        }
    }

    /** {@code -> vm0/vcpu1} behind the number of an IPI. */
    void receiver(int ipi) {
        words.expect("->");
        ipis.declare(ipi, vcpu());
    }

    /** Dense index of the vCPU that is named next. */
    int vcpu() {
        String label = words.word("a vCPU");
        int vcpu = names.vcpu(label);
        if (vcpu < 0) {
            throw words.fault(
                    "there is no vCPU " + label, "every vCPU has its line before the first work: vcpu " + label);
        }
        return vcpu;
    }

    private int lock(int vm) {
        String name = words.word("a lock");
        int lock = Names.numbered("L", name);
        if (lock < 0 || lock >= locks.size()) {
            throw words.fault(
                    "there is no lock " + name, "locks have their lines before the first work: lock L0 vm0 fifo NAME");
        }
        if (locks.get(lock).vm() != vm) {
            throw words.fault(name + " is a lock of vm" + locks.get(lock).vm(), "VMs share no locks");
        }
        return lock;
    }

    private void await(VcpuWork.Builder steps) {
        String range = words.word("IPIs");
        int dots = range.indexOf("..");
        int first = ipi(dots < 0 ? range : range.substring(0, dots), range);
        int last = dots < 0 ? first : ipi(range.substring(dots + 2), range);
        if (last < first) {
            throw words.fault("the IPIs run backwards: " + range, "");
        }
        for (int ipi = first; ipi <= last; ipi++) {
            ipis.use(ipi);
        }
        steps.add(StepKind.SPIN_UNTIL_ACKED, last - first + 1L, first);
    }

    private int ipi(String word, String range) {
        int ipi = Names.numbered("", word);
        if (ipi < 0) {
            throw words.fault("expected IPIs such as 17 or 17..19, found '" + range + "'", "");
        }
        return ipi;
    }

    private void spin(VcpuWork.Builder steps) {
        String word = words.word("how long, or 'until'");
        if (word.equals("until")) {
            int other = vcpu();
            steps.add(StepKind.SPIN_UNTIL_WORK, words.nanoseconds("the work of that vCPU"), other);
            return;
        }
        steps.add(StepKind.SPIN_FOR, time(word, "nanoseconds or 'until'"), -1);
    }

    private void halt(VcpuWork.Builder steps) {
        String what = words.word("'ipi', 'for' or 'until'");
        switch (what) {
            case "ipi" -> {
                int ipi = ipis.id();
                ipis.use(ipi);
                steps.add(StepKind.HALT_UNTIL_IPI, 0, ipi);
            }
            case "for" -> steps.add(StepKind.HALT_FOR, words.nanoseconds("how long it halts"), -1);
            case "until" -> {
                String word = words.word("a time or 'never'");
                steps.add(
                        StepKind.HALT_UNTIL_TIME,
                        word.equals("never") ? Long.MAX_VALUE : time(word, "a time or 'never'"),
                        -1);
            }
            default ->
                throw words.fault(
                        "a halt lasts until an IPI, for a while, or until a time, found '" + what + "'", STEPS);
        }
    }

    private long time(String word, String what) {
        try {
            long ns = Long.parseLong(word);
            if (ns >= 0) {
                return ns;
            }
        } catch (NumberFormatException e) {
            throw words.fault("expected " + what + ", found '" + word + "'", "");
        }
        throw words.fault("times are not negative, found " + word, "");
    }
}
