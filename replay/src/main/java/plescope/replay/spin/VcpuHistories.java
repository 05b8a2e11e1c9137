package plescope.replay.spin;

import java.util.Arrays;

/** The histories of all vCPUs, by dense index. */
final class VcpuHistories {
    private VcpuHistory[] histories = new VcpuHistory[8];

    /** The vCPU's history, made on first use. */
    VcpuHistory of(int vcpu) {
        if (vcpu >= histories.length) {
            histories = Arrays.copyOf(histories, 2 * vcpu);
        }
        VcpuHistory history = histories[vcpu];
        if (history == null) {
            history = new VcpuHistory();
            histories[vcpu] = history;
        }
        return history;
    }
}
