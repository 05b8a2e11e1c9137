package plescope.replay.scenario.text;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.Ipi;
import plescope.replay.model.Roster;
import plescope.replay.model.VcpuState;

/** The last stretch of a schedule, to be asked who was where and doing what at a moment. */
final class ScheduleIndex implements GuestRips {
    private static final int IDLE_TID = 0;
    private static final VcpuState[] STATES = VcpuState.values();

    private final Moments[] states;
    private final Moments[] switchIns;
    private final Moments[] entries;
    private final Moments[] grown;
    private final Moments[] msrExits;
    private final Moments[] tidOnPcpu;
    private final List<List<Sent>> sent = new ArrayList<>();
    private long endNs = Long.MAX_VALUE;

    private static final class Sent {
        private final int receiver;
        private final int vector;
        private final long timeNs;
        private long ackNs = Long.MAX_VALUE;

        private Sent(int receiver, int vector, long timeNs) {
            this.receiver = receiver;
            this.vector = vector;
            this.timeNs = timeNs;
        }
    }

    ScheduleIndex(Roster roster) {
        int vcpus = roster.vcpus().size();
        states = moments(vcpus);
        switchIns = moments(vcpus);
        entries = moments(vcpus);
        grown = moments(vcpus);
        msrExits = moments(vcpus);
        tidOnPcpu = moments(roster.pcpus());
        for (int v = 0; v < vcpus; v++) {
            sent.add(new ArrayList<>());
        }
    }

    private static Moments[] moments(int count) {
        Moments[] all = new Moments[count];
        for (int i = 0; i < count; i++) {
            all[i] = new Moments();
        }
        return all;
    }

    void state(int vcpu, VcpuState state, int pcpu, long timeNs) {
        states[vcpu].set(timeNs, (pcpu + 1) * STATES.length + state.ordinal());
    }

    private static VcpuState state(int value) {
        return STATES[value % STATES.length];
    }

    /** Nothing happens after that moment; states that begin there do not count. */
    void end(long timeNs) {
        endNs = timeNs;
        for (Moments each : states) {
            if (each.size() > 0 && each.time(each.size() - 1) == timeNs) {
                each.removeLast();
            }
        }
    }

    /** The vCPU is -1 where the thread is none. */
    void switchedIn(int pcpu, long timeNs, int tid, int vcpu) {
        tidOnPcpu[pcpu].set(timeNs, tid);
        if (vcpu >= 0) {
            switchIns[vcpu].set(timeNs, pcpu);
        }
    }

    void entered(int vcpu, long timeNs) {
        entries[vcpu].set(timeNs, 0);
    }

    void wroteMsr(int vcpu, long exitNs) {
        msrExits[vcpu].set(exitNs, 0);
    }

    /** The exit in which the vCPU sent an IPI at that moment, at most an entry ago; -1 for none. */
    long sendingExit(int vcpu, long sentNs) {
        Moments exits = msrExits[vcpu];
        int exit = exits.until(sentNs);
        int entry = entries[vcpu].before(sentNs);
        return exit < 0 || (entry >= 0 && entries[vcpu].time(entry) > exits.time(exit)) ? -1 : exits.time(exit);
    }

    /** The earliest exit in which an IPI may still be sent, {@code Long.MAX_VALUE} for none. */
    long firstOpenMsrExit() {
        long first = Long.MAX_VALUE;
        for (int vcpu = 0; vcpu < msrExits.length; vcpu++) {
            long open = sendingExit(vcpu, Long.MAX_VALUE);
            first = open >= 0 ? Math.min(first, open) : first;
        }
        return first;
    }

    void sends(int sender, int receiver, int vector, long timeNs) {
        sent.get(sender).add(new Sent(receiver, vector, timeNs));
    }

    void acknowledged(Ipi ipi) {
        for (Sent each : sent.get(ipi.sender())) {
            if (each.timeNs == ipi.sentNs() && each.receiver == ipi.receiver() && each.vector == ipi.vector()) {
                each.ackNs = ipi.ackNs();
            }
        }
    }

    /** The vCPU's states, oldest first. */
    Moments states(int vcpu) {
        return states[vcpu];
    }

    /** Where a vCPU in that state runs or is queued, -1 for nowhere. */
    static int pcpuOf(int state) {
        return state / STATES.length - 1;
    }

    /** The pCPU in the state that began at that moment, -1 for none. */
    int pcpuFrom(int vcpu, long timeNs) {
        int at = states[vcpu].at(timeNs);
        return at < 0 ? -1 : pcpuOf(states[vcpu].value(at));
    }

    /** Whether a state began at that moment, and which. */
    boolean began(int vcpu, long timeNs, VcpuState state) {
        int at = states[vcpu].at(timeNs);
        return at >= 0 && state(states[vcpu].value(at)) == state;
    }

    boolean beganAny(int vcpu, long timeNs) {
        return states[vcpu].at(timeNs) >= 0;
    }

    /** End of the state that began at that moment; the end of the schedule as far as it is known where it goes on. */
    long endOf(int vcpu, long timeNs) {
        int next = states[vcpu].after(timeNs);
        return next < 0 ? endNs : states[vcpu].time(next);
    }

    /** The guest-mode state that a moment lies in or ends; null where the vCPU was not in guest mode just before. */
    VcpuState guestBefore(int vcpu, long timeNs) {
        int at = states[vcpu].before(timeNs);
        VcpuState state = at < 0 ? VcpuState.UNKNOWN : state(states[vcpu].value(at));
        return isGuest(state) ? state : null;
    }

    /** When the state just before that moment began. */
    long startBefore(int vcpu, long timeNs) {
        return states[vcpu].time(states[vcpu].before(timeNs));
    }

    private static boolean isGuest(VcpuState state) {
        return state == VcpuState.GUEST || state == VcpuState.SPINNING;
    }

    /** Whether guest mode began at that moment. */
    boolean guestFrom(int vcpu, long timeNs) {
        return began(vcpu, timeNs, VcpuState.GUEST) || began(vcpu, timeNs, VcpuState.SPINNING);
    }

    /** Where the vCPU's thread runs, or ran last. */
    int pcpuOf(int vcpu, long timeNs) {
        int in = switchIns[vcpu].until(timeNs);
        return in < 0 ? 0 : switchIns[vcpu].value(in);
    }

    /** The vCPU's PLE window grew. */
    void grew(int vcpu, long timeNs, int window) {
        grown[vcpu].set(timeNs, window);
    }

    /** The vCPU's window when it is switched in, not yet shrunk: the base, or what it has grown to since it was last. */
    int windowBefore(int vcpu, long switchInNs, int base) {
        int since = switchIns[vcpu].before(switchInNs);
        int last = grown[vcpu].until(switchInNs);
        return since < 0 || last < 0 || grown[vcpu].time(last) < switchIns[vcpu].time(since)
                ? base
                : grown[vcpu].value(last);
    }

    /** The thread that had the pCPU just before. */
    int tidOn(int pcpu, long timeNs) {
        int last = tidOnPcpu[pcpu].before(timeNs);
        return last < 0 ? IDLE_TID : tidOnPcpu[pcpu].value(last);
    }

    /** The vCPU's next VM entry after that moment; -1 for none. */
    long entryAfter(int vcpu, long timeNs) {
        int entry = entries[vcpu].after(timeNs);
        return entry < 0 ? -1 : entries[vcpu].time(entry);
    }

    /** All but what later questions may need. */
    @Override
    public void forget(long beforeNs) {
        for (Moments[] all : List.of(states, switchIns, entries, grown, msrExits, tidOnPcpu)) {
            for (Moments each : all) {
                each.forget();
            }
        }
        sent.forEach(ipis -> ipis.removeIf(ipi -> ipi.ackNs < beforeNs));
    }

    @Override
    public long interrupted(int vcpu, long timeNs, VcpuState state) {
        return state == VcpuState.SPINNING ? pause(vcpu, timeNs) + GuestCode.SHORT_INSTRUCTION : GuestCode.work(timeNs);
    }

    /** It waits for its IPIs if one of them is not acknowledged, else for a lock. */
    @Override
    public long pause(int vcpu, long timeNs) {
        List<Sent> ipis = sent.get(vcpu);
        for (int i = 0; i < ipis.size(); i++) {
            if (ipis.get(i).timeNs <= timeNs && ipis.get(i).ackNs > timeNs) {
                return GuestCode.IPI_LOOP;
            }
        }
        return GuestCode.LOCK_LOOP;
    }
}
