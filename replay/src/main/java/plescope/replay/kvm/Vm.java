package plescope.replay.kvm;

import java.util.ArrayList;
import java.util.List;

/** {@code struct kvm}: its vCPUs by number, and whom the last directed yield went to. */
public final class Vm {
    private final int id;
    private final List<Vcpu> vcpus = new ArrayList<>();

    /** {@code kvm->last_boosted_vcpu}. */
    private int lastBoosted;

    public Vm(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }

    /** vCPUs are added in the order of their numbers, which then run from 0. */
    public void add(Vcpu vcpu) {
        vcpus.add(vcpu);
    }

    public int size() {
        return vcpus.size();
    }

    Vcpu vcpu(int number) {
        return vcpus.get(number);
    }

    int lastBoosted() {
        return lastBoosted;
    }

    void setLastBoosted(int stored) {
        lastBoosted = stored;
    }
}
