package plescope.analysis.store;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

/**
 * Sums up, while a schedule is told, who had the pCPU while vCPUs stood ready on it, and where each vCPU stayed.
 *
 * <p>vCPUs tell their intervals at different times, each in its own order, so whatever comes meets what came before it on its pCPU: each
 * meeting counts once. Of a wait longer than half of the stretches kept of its pCPU ({@link Stints#most}) the beginning
 * counts as unknown.
 */
final class PcpuWaits {
    private static final int NOWHERE = -1;

    private final Rows out;
    private final WaitSums sums;
    private final List<Vcpu> vcpus = new ArrayList<>();
    /** Null where nothing was seen. */
    private final List<Pcpu> pcpus = new ArrayList<>();

    private int seen;
    private int most = Stints.MOST;

    /** Takes the rows. */
    interface Rows extends WaitSums.Rows {
        /** The vCPU stayed on that pCPU, running or ready. */
        void stayed(int vcpu, int pcpu, long startNs, long endNs);
    }

    /** What a vCPU's last intervals add up to; the pCPU is {@link #NOWHERE} while it neither runs nor is ready. */
    private static final class Vcpu {
        private int pcpu = NOWHERE;
        private boolean ready;
        private long sinceNs;
        private long untilNs;
        private long cameNs;
    }

    /** What was on one pCPU lately. */
    private static final class Pcpu {
        private final Stints ready = new Stints();
        /** By vCPUs as ~index, by other threads and what may yet turn out to be vCPUs as thread ids. */
        private final Stints held = new Stints();

        private final Stints spun = new Stints();
        /** The thread switched to last, -1 where unknown. */
        private int tid = -1;

        private long switchedNs;
        private int runner = NOWHERE;
    }

    PcpuWaits(Rows out) {
        this.out = out;
        this.sums = new WaitSums(out);
    }

    void interval(VcpuInterval i) {
        Vcpu vcpu = vcpu(i.vcpu());
        boolean ready = i.state() == VcpuState.PREEMPTED || i.state() == VcpuState.WAITING;
        boolean here = i.pcpu() >= 0 && i.state() != VcpuState.BLOCKED && i.state() != VcpuState.UNKNOWN;
        int pcpu = here ? i.pcpu() : NOWHERE;
        boolean stays = vcpu.pcpu == pcpu && vcpu.untilNs == i.startNs();
        if (!stays || vcpu.ready != ready) {
            endStint(i.vcpu(), vcpu);
            vcpu.sinceNs = i.startNs();
            if (here && !ready) {
                pcpu(pcpu).runner = i.vcpu();
            }
        }
        if (!stays) {
            endStay(i.vcpu(), vcpu);
            vcpu.cameNs = i.startNs();
        }
        vcpu.pcpu = pcpu;
        vcpu.ready = ready;
        vcpu.untilNs = i.endNs();
        if (here && i.state() == VcpuState.SPINNING) {
            spun(i);
        }
    }

    /** Whoever ran there has been told up to its last exit: a vCPU that halts now tells the rest when it wakes. */
    void contextSwitch(int onPcpu, long timeNs, int nextTid) {
        if (onPcpu < 0) {
            return;
        }
        Pcpu pcpu = pcpu(onPcpu);
        if (pcpu.runner != NOWHERE) {
            Vcpu runner = vcpu(pcpu.runner);
            if (runner.pcpu == onPcpu && !runner.ready) {
                endStint(pcpu.runner, runner);
                runner.sinceNs = runner.untilNs;
            }
            pcpu.runner = NOWHERE;
        }
        if (pcpu.tid >= 0) {
            held(onPcpu, pcpu.tid, pcpu.switchedNs, timeNs);
        }
        pcpu.tid = nextTid;
        pcpu.switchedNs = timeNs;
    }

    /** Nothing more will come. */
    void finish() {
        for (int i = 0; i < vcpus.size(); i++) {
            endStint(i, vcpus.get(i));
            endStay(i, vcpus.get(i));
        }
        sums.finish();
    }

    private void endStay(int index, Vcpu vcpu) {
        if (vcpu.pcpu != NOWHERE && vcpu.untilNs > vcpu.cameNs) {
            out.stayed(index, vcpu.pcpu, vcpu.cameNs, vcpu.untilNs);
        }
    }

    private void endStint(int index, Vcpu vcpu) {
        if (vcpu.pcpu == NOWHERE || vcpu.untilNs <= vcpu.sinceNs) {
            return;
        }
        if (vcpu.ready) {
            ready(index, vcpu.pcpu, vcpu.sinceNs, vcpu.untilNs);
        } else {
            held(vcpu.pcpu, ~index, vcpu.sinceNs, vcpu.untilNs);
        }
    }

    private void ready(int vcpu, int onPcpu, long fromNs, long toNs) {
        Pcpu pcpu = pcpu(onPcpu);
        pcpu.ready.add(vcpu, fromNs, toNs, most);
        Stints held = pcpu.held;
        for (int i = held.size() - 1; i >= 0 && held.endNs(i) > fromNs; i--) {
            sums.add(vcpu, onPcpu, held.who(i), held.overlapNs(i, fromNs, toNs), 0);
        }
        Stints spun = pcpu.spun;
        for (int i = spun.size() - 1; i >= 0 && spun.endNs(i) > fromNs; i--) {
            sums.add(vcpu, onPcpu, spun.who(i), 0, spun.overlapNs(i, fromNs, toNs));
        }
    }

    private void held(int onPcpu, int holder, long fromNs, long toNs) {
        Pcpu pcpu = pcpu(onPcpu);
        pcpu.held.add(holder, fromNs, toNs, most);
        Stints ready = pcpu.ready;
        for (int i = ready.size() - 1; i >= 0 && ready.endNs(i) > fromNs; i--) {
            sums.add(ready.who(i), onPcpu, holder, ready.overlapNs(i, fromNs, toNs), 0);
        }
    }

    private void spun(VcpuInterval i) {
        Pcpu pcpu = pcpu(i.pcpu());
        pcpu.spun.add(~i.vcpu(), i.startNs(), i.endNs(), most);
        Stints ready = pcpu.ready;
        for (int r = ready.size() - 1; r >= 0 && ready.endNs(r) > i.startNs(); r--) {
            sums.add(ready.who(r), i.pcpu(), ~i.vcpu(), 0, ready.overlapNs(r, i.startNs(), i.endNs()));
        }
    }

    private Vcpu vcpu(int index) {
        while (vcpus.size() <= index) {
            vcpus.add(new Vcpu());
        }
        return vcpus.get(index);
    }

    private Pcpu pcpu(int number) {
        while (pcpus.size() <= number) {
            pcpus.add(null);
        }
        Pcpu pcpu = pcpus.get(number);
        if (pcpu == null) {
            pcpu = new Pcpu();
            pcpus.set(number, pcpu);
            most = Stints.most(++seen);
        }
        return pcpu;
    }
}
