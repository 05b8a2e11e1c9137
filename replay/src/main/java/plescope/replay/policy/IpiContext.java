package plescope.replay.policy;

import java.util.Arrays;

/**
 * Who interrupted whom last: per vCPU the receiver of its last unicast IPI and the last sender to itself. A vCPU that spins
 * soon after sending probably waits for that receiver.
 */
final class IpiContext {
    private static final int NOBODY = -1;

    private final long windowNs;
    private final boolean keepsOwnSend;
    private final boolean matchesVector;
    private HostView host;
    private int[] lastSender = {};
    private int[] lastReceiver = {};
    private int[] vector = {};
    private boolean[] pending = {};
    private long[] sentNs = {};

    /**
     * @param windowNs how long a send counts
     * @param keepsOwnSend whether an EOI leaves alone what its vCPU has sent itself
     * @param matchesVector whether only the EOI of the vector sent ends the wait
     */
    IpiContext(long windowNs, boolean keepsOwnSend, boolean matchesVector) {
        this.windowNs = windowNs;
        this.keepsOwnSend = keepsOwnSend;
        this.matchesVector = matchesVector;
    }

    void resize(int vcpus) {
        lastSender = new int[vcpus];
        lastReceiver = new int[vcpus];
        Arrays.fill(lastSender, NOBODY);
        Arrays.fill(lastReceiver, NOBODY);
        vector = new int[vcpus];
        pending = new boolean[vcpus];
        sentNs = new long[vcpus];
    }

    void start(HostView started) {
        host = started;
    }

    /** Interrupts sent before the run has started are of time 0. */
    private long now() {
        return host == null ? 0 : host.now();
    }

    /** Broadcasts, multicasts and self-IPIs say nothing about whom the sender waits for. */
    void onIpi(VcpuView sender, VcpuView receiver, int receivers, int sentVector) {
        if (receivers != 1 || sender.index() == receiver.index()) {
            return;
        }
        int from = sender.index();
        lastReceiver[from] = receiver.index();
        vector[from] = sentVector;
        pending[from] = true;
        sentNs[from] = now();
        lastSender[receiver.index()] = from;
    }

    void onEoi(VcpuView vcpu, int handledVector) {
        int receiver = vcpu.index();
        int sender = lastSender[receiver];
        if (matchesVector && (sender == NOBODY || vector[sender] != handledVector)) {
            return;
        }
        lastSender[receiver] = NOBODY;
        if (!keepsOwnSend) {
            pending[receiver] = false;
            lastReceiver[receiver] = NOBODY;
        }
        if (sender != NOBODY && lastReceiver[sender] == receiver && fresh(sender)) {
            pending[sender] = false;
        }
    }

    private boolean fresh(int sender) {
        return now() - sentNs[sender] <= windowNs;
    }

    /** Dense index of the vCPU that has yet to answer the sender, -1 if there is none. */
    int awaited(VcpuView sender) {
        int from = sender.index();
        return pending[from] && fresh(from) ? lastReceiver[from] : NOBODY;
    }
}
