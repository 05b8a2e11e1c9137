package plescope.replay.guest;

import plescope.replay.workload.StepKind;
import plescope.replay.workload.Workload;

/** Where each vCPU of recorded work is: its present step, whether it was told to do it, and how much of it is done. */
final class StepCursor {
    private final Workload work;
    private final int[] step;
    private final boolean[] begun;
    private final long[] doneNs;

    StepCursor(Workload work) {
        this.work = work;
        step = new int[work.vcpuCount()];
        begun = new boolean[step.length];
        doneNs = new long[step.length];
    }

    boolean atEnd(int vcpu) {
        return step[vcpu] == work.work(vcpu).size();
    }

    StepKind kind(int vcpu) {
        return work.work(vcpu).kind(step[vcpu]);
    }

    long ns(int vcpu) {
        return work.work(vcpu).ns(step[vcpu]);
    }

    int ref(int vcpu) {
        return work.work(vcpu).ref(step[vcpu]);
    }

    boolean begun(int vcpu) {
        return begun[vcpu];
    }

    void begin(int vcpu) {
        begun[vcpu] = true;
    }

    /** Work done of the present step, which is a COMPUTE. */
    void did(int vcpu, long ns) {
        doneNs[vcpu] += ns;
    }

    /** Work left of the present step, which is a COMPUTE. */
    long leftNs(int vcpu) {
        return ns(vcpu) - doneNs[vcpu];
    }

    void next(int vcpu) {
        step[vcpu]++;
        begun[vcpu] = false;
        doneNs[vcpu] = 0;
    }
}
