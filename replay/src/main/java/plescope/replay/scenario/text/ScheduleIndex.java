package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.model.Ipi;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

/** A whole schedule, to be asked who was where and doing what at a moment. */
final class ScheduleIndex implements GuestRips {
    private static final int IDLE_TID = 0;

    private final List<TreeMap<Long, VcpuInterval>> intervals = new ArrayList<>();
    private final List<TreeMap<Long, Integer>> switchIns = new ArrayList<>();
    private final List<TreeMap<Long, Boolean>> entries = new ArrayList<>();
    private final List<TreeMap<Long, Integer>> grown = new ArrayList<>();
    private final List<TreeMap<Long, Boolean>> msrExits = new ArrayList<>();
    private final List<List<Ipi>> sent = new ArrayList<>();
    private final TreeMap<Integer, TreeMap<Long, Integer>> tidOnPcpu = new TreeMap<>();

    ScheduleIndex(int vcpus) {
        for (int v = 0; v < vcpus; v++) {
            intervals.add(new TreeMap<>());
            switchIns.add(new TreeMap<>());
            entries.add(new TreeMap<>());
            grown.add(new TreeMap<>());
            msrExits.add(new TreeMap<>());
            sent.add(new ArrayList<>());
        }
    }

    void interval(VcpuInterval interval) {
        intervals.get(interval.vcpu()).put(interval.startNs(), interval);
    }

    /** The vCPU is -1 where the thread is none. */
    void switchedIn(int pcpu, long timeNs, int tid, int vcpu) {
        tidOnPcpu.computeIfAbsent(pcpu, key -> new TreeMap<>()).put(timeNs, tid);
        if (vcpu >= 0) {
            switchIns.get(vcpu).put(timeNs, pcpu);
        }
    }

    void entered(int vcpu, long timeNs) {
        entries.get(vcpu).put(timeNs, true);
    }

    void wroteMsr(int vcpu, long exitNs) {
        msrExits.get(vcpu).put(exitNs, true);
    }

    /** The exit in which the vCPU sent an IPI at that moment, at most an entry ago; -1 for none. */
    long sendingExit(int vcpu, long sentNs) {
        Long exit = msrExits.get(vcpu).floorKey(sentNs);
        Long entry = entries.get(vcpu).lowerKey(sentNs);
        return exit == null || (entry != null && entry > exit) ? -1 : exit;
    }

    void ipi(Ipi ipi) {
        sent.get(ipi.sender()).add(ipi);
    }

    Iterable<VcpuInterval> intervals(int vcpu) {
        return intervals.get(vcpu).values();
    }

    /** The interval that began at that moment; null for none. */
    VcpuInterval startingAt(int vcpu, long timeNs) {
        return intervals.get(vcpu).get(timeNs);
    }

    /** The guest-mode interval that a moment lies in or ends; null where the vCPU was not in guest mode just before. */
    VcpuInterval guestBefore(int vcpu, long timeNs) {
        Map.Entry<Long, VcpuInterval> last = intervals.get(vcpu).lowerEntry(timeNs);
        if (last == null || last.getValue().endNs() < timeNs) {
            return null;
        }
        return isGuest(last.getValue().state()) ? last.getValue() : null;
    }

    static boolean isGuest(VcpuState state) {
        return state == VcpuState.GUEST || state == VcpuState.SPINNING;
    }

    /** Where the vCPU's thread runs, or ran last. */
    int pcpuOf(int vcpu, long timeNs) {
        Map.Entry<Long, Integer> in = switchIns.get(vcpu).floorEntry(timeNs);
        return in == null ? 0 : in.getValue();
    }

    /** The vCPU's PLE window grew. */
    void grew(int vcpu, long timeNs, int window) {
        grown.get(vcpu).put(timeNs, window);
    }

    /** The vCPU's window when it is switched in, not yet shrunk: the base, or what it has grown to since it was last. */
    int windowBefore(int vcpu, long switchInNs, int base) {
        Long since = switchIns.get(vcpu).lowerKey(switchInNs);
        Map.Entry<Long, Integer> last = grown.get(vcpu).floorEntry(switchInNs);
        return since == null || last == null || last.getKey() < since ? base : last.getValue();
    }

    /** The thread that had the pCPU just before. */
    int tidOn(int pcpu, long timeNs) {
        TreeMap<Long, Integer> switches = tidOnPcpu.get(pcpu);
        Map.Entry<Long, Integer> last = switches == null ? null : switches.lowerEntry(timeNs);
        return last == null ? IDLE_TID : last.getValue();
    }

    /** The vCPU's next VM entry after that moment; -1 for none. */
    long entryAfter(int vcpu, long timeNs) {
        Long entry = entries.get(vcpu).higherKey(timeNs);
        return entry == null ? -1 : entry;
    }

    @Override
    public long interrupted(int vcpu, long timeNs, VcpuState state) {
        return state == VcpuState.SPINNING ? pause(vcpu, timeNs) + GuestCode.SHORT_INSTRUCTION : GuestCode.work(timeNs);
    }

    /** It waits for its IPIs if one of them is not acknowledged, else for a lock. */
    @Override
    public long pause(int vcpu, long timeNs) {
        List<Ipi> ipis = sent.get(vcpu);
        for (int i = 0; i < ipis.size(); i++) {
            Ipi ipi = ipis.get(i);
            if (ipi.sentNs() <= timeNs && (ipi.ackNs() < 0 || ipi.ackNs() > timeNs)) {
                return GuestCode.IPI_LOOP;
            }
        }
        return GuestCode.LOCK_LOOP;
    }
}
