package plescope.replay.engine;

import plescope.replay.scheduler.RunQueue;

/** A host CPU at one moment. */
final class Pcpu {
    final int id;
    final RunQueue rq;

    /** The vCPU whose thread is on it, null when idle. */
    VirtualCpu current;

    Phase phase = Phase.IDLE;

    /** Up to when guest time has been booked. */
    long settledNs;

    /** Phase of its tick within the period. */
    long tickPhaseNs;

    /** How long other threads that have woken up will run before the next VM entry. */
    long wantedNs;

    /** Time it ran threads that have left it again, and since when the present one runs. */
    long busyNs;

    long runSinceNs;

    Pcpu(int id, RunQueue rq) {
        this.id = id;
        this.rq = rq;
    }

    boolean inGuest() {
        return phase == Phase.GUEST;
    }
}
