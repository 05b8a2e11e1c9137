package plescope.replay.spin;

import java.util.Arrays;

/** The histories of all vCPUs, by dense index, and what they have in common. */
final class VcpuHistories {
    /** By {@link GuestStretches}, {@link OffStretches} and {@link LoopWaits}. */
    final Lulls guest = new Lulls();

    final Lulls off = new Lulls();
    final Lulls waits = new Lulls();

    final Departures departures = new Departures();
    final SwitchIns switchIns = new SwitchIns();
    private VcpuHistory[] histories = new VcpuHistory[8];

    /** The vCPU's history, made on first use. */
    VcpuHistory of(int vcpu) {
        if (vcpu >= histories.length) {
            histories = Arrays.copyOf(histories, 2 * vcpu);
        }
        VcpuHistory history = histories[vcpu];
        if (history == null) {
            guest.newVcpu(vcpu);
            off.newVcpu(vcpu);
            waits.newVcpu(vcpu);
            history = new VcpuHistory(
                    new GuestStretches(guest, vcpu),
                    new OffStretches(off, vcpu),
                    new LoopWaits(waits, departures, vcpu));
            histories[vcpu] = history;
        }
        return history;
    }

    /** Makes the histories of so many vCPUs, so that their lulls may be asked for. */
    void upTo(int vcpus) {
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            of(vcpu);
        }
    }

    /** Lull of whether it had a pCPU then, {@link Lulls#NONE} where that just changed. */
    int offAt(int vcpu, long atNs) {
        int known = off.covering(vcpu, atNs, atNs);
        return known != Lulls.NONE ? known : of(vcpu).off.findLull(atNs);
    }

    /** Lull of where it waited then, {@link Lulls#NONE} where that just changed. */
    int waitsAt(int vcpu, long atNs) {
        int known = waits.covering(vcpu, atNs, atNs);
        return known != Lulls.NONE ? known : of(vcpu).waits.findLull(atNs);
    }

    /** How often a history had to be searched to judge waits. */
    long searches() {
        return guest.searches() + off.searches() + waits.searches();
    }
}
