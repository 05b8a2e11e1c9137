package plescope.replay.timeline;

import plescope.parser.event.KvmExit;
import plescope.parser.event.TaskState;
import plescope.replay.model.Origin;
import plescope.replay.model.VcpuInterval;
import plescope.replay.model.VcpuState;

/** The state machine of one vCPU thread. Its intervals touch by construction: one open state, one start. */
final class VcpuTrack {
    private final TimelineSink out;
    private final TimelineCounts counts;
    final int index;
    final int tid;
    int number = -1;
    /** Whether its number was looked for in all that is known of the thread. */
    boolean sought;

    private VcpuState state = VcpuState.UNKNOWN;
    private Origin origin = Origin.RECORDED;
    private int pcpu = -1;
    private int lastPcpu = -1;
    private long sinceNs;
    private long lastEventNs;
    private boolean seenGuest;
    private KvmExit lastExit;

    VcpuTrack(int index, int tid, long startNs, TimelineCounts counts, TimelineSink out) {
        this.index = index;
        this.tid = tid;
        this.sinceNs = startNs;
        this.lastEventNs = startNs;
        this.counts = counts;
        this.out = out;
    }

    VcpuState state() {
        return state;
    }

    /** Between a PAUSE exit and the next entry or switch. */
    boolean isHandlingPause() {
        return state == VcpuState.HOST && lastExit != null && lastExit.reason().isPause();
    }

    /** Where the thread runs or was last seen. */
    int lastPcpu() {
        return lastPcpu;
    }

    boolean onCpu() {
        return state == VcpuState.GUEST || state == VcpuState.HOST || state == VcpuState.HALT_POLL;
    }

    boolean offCpu() {
        return state == VcpuState.PREEMPTED || state == VcpuState.WAITING || state == VcpuState.BLOCKED;
    }

    long lastEventNs() {
        return lastEventNs;
    }

    /** Time of an event of this thread, never before its last one. */
    long clamp(long timeNs) {
        if (timeNs < lastEventNs) {
            counts.backwards++;
            return lastEventNs;
        }
        lastEventNs = timeNs;
        return timeNs;
    }

    void entry(long now, int onPcpu, long line) {
        seenGuest = true;
        if (offCpu()) {
            if (counts.schedEvents) {
                violation(now, line);
            }
        } else if (state == VcpuState.GUEST) {
            counts.entryAfterEntry++;
            return;
        } else if (state == VcpuState.HOST && counts.isLongWithoutSched(lastExit, now - sinceNs)) {
            unknownSince(now);
        }
        moveTo(VcpuState.GUEST, now, onPcpu, Origin.RECORDED);
    }

    void exit(KvmExit exit, long now, int onPcpu) {
        if (state == VcpuState.GUEST) {
            lastExit = exit;
        } else if (state == VcpuState.HOST && lastExit != null) {
            counts.exitAfterExit++;
            breakAt(sinceNs, now, exit.line());
        } else if (offCpu()) {
            violation(now, exit.line());
        } else if (!seenGuest) {
            counts.exitWithoutEntry++;
        }
        seenGuest = true;
        lastExit = exit;
        moveTo(VcpuState.HOST, now, onPcpu, Origin.RECORDED);
    }

    void switchedOut(TaskState prevState, long now, int onPcpu, long line) {
        if (state == VcpuState.GUEST || offCpu()) {
            violation(now, line);
        }
        lastPcpu = onPcpu;
        switch (prevState) {
            case RUNNABLE, PREEMPTED -> moveTo(VcpuState.PREEMPTED, now, onPcpu, Origin.RECORDED);
            case SLEEPING, UNINTERRUPTIBLE, STOPPED, PARKED, IDLE ->
                moveTo(VcpuState.BLOCKED, now, -1, Origin.RECORDED);
            case DEAD, UNKNOWN -> moveTo(VcpuState.UNKNOWN, now, -1, Origin.RECORDED);
        }
    }

    void switchedIn(long now, int onPcpu, long line) {
        if (onCpu()) {
            violation(now, line);
        } else if (state == VcpuState.BLOCKED && !counts.wakeEvents) {
            origin = Origin.INFERRED;
        }
        moveTo(VcpuState.HOST, now, onPcpu, Origin.RECORDED);
    }

    /** Returns whether the wake-up changed anything. */
    boolean woken(long now, int targetPcpu) {
        if (state != VcpuState.BLOCKED) {
            return false;
        }
        moveTo(VcpuState.WAITING, now, targetPcpu, Origin.RECORDED);
        return true;
    }

    /** {@code kvm_vcpu_wakeup} with "poll time": the last {@code waitedNs} of host time were halt polling. */
    void polled(long now, long waitedNs) {
        if (state != VcpuState.HOST || waitedNs <= 0) {
            return;
        }
        int where = pcpu;
        moveTo(VcpuState.HALT_POLL, Math.max(sinceNs, now - waitedNs), where, Origin.RECORDED);
        moveTo(VcpuState.HOST, now, where, Origin.RECORDED);
    }

    /** Another thread is seen on this thread's pCPU in a log without sched_switch: this one must have left. */
    void displaced(long now) {
        boolean halted = lastExit != null && lastExit.reason().isHalt();
        if (state == VcpuState.GUEST || counts.isLongWithoutSched(lastExit, now - sinceNs)) {
            unknownSince(now);
        }
        moveTo(halted ? VcpuState.BLOCKED : VcpuState.PREEMPTED, now, halted ? -1 : pcpu, Origin.INFERRED);
    }

    /** Events of this pCPU were lost after {@code lastGoodNs}: the rest is unknown until the next event of this thread. */
    void lost(long lastGoodNs, long line) {
        counts.lostSpans++;
        long from = Math.max(sinceNs, Math.max(lastEventNs, lastGoodNs));
        moveTo(VcpuState.UNKNOWN, from, -1, Origin.INFERRED);
        lastEventNs = from;
        lastExit = null;
        out.broken(index, from, line);
    }

    void violation(long now, long line) {
        counts.violations++;
        breakAt(sinceNs, now, line);
    }

    /** Closes at the end of the log: an open state is not known to have lasted. */
    void finish(long endNs) {
        long end = Math.max(endNs, sinceNs);
        unknownSince(end);
        moveTo(VcpuState.UNKNOWN, end, -1, Origin.INFERRED);
    }

    private void breakAt(long fromNs, long now, long line) {
        unknownSince(now);
        lastExit = null;
        out.broken(index, fromNs, line);
    }

    private void unknownSince(long now) {
        state = VcpuState.UNKNOWN;
        origin = Origin.INFERRED;
        pcpu = -1;
        moveTo(VcpuState.UNKNOWN, now, -1, Origin.INFERRED);
    }

    private void moveTo(VcpuState next, long now, int onPcpu, Origin nextOrigin) {
        if (now > sinceNs) {
            out.interval(new VcpuInterval(index, state, pcpu, sinceNs, now, origin));
            sinceNs = now;
        }
        state = next;
        origin = nextOrigin;
        pcpu = onPcpu;
        if (onPcpu >= 0) {
            lastPcpu = onPcpu;
        }
    }
}
