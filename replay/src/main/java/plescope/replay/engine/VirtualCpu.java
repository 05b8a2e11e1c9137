package plescope.replay.engine;

import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.Privilege;
import plescope.replay.kvm.Vcpu;
import plescope.replay.model.Wait;
import plescope.replay.scheduler.Entity;

/** One vCPU on its host: what it was told to do, how far it is with it, and what became of it so far. */
final class VirtualCpu {
    private static final int UNKNOWN = -1;

    final int index;
    final Vcpu vcpu;
    final Entity thread;

    // What it was told.
    Activity activity = Activity.NONE;
    /** Told, and not begun. */
    boolean fresh;

    Privilege privilege = Privilege.KERNEL;
    /** Guest time left of what it computes, or until it stops spinning by itself, {@code Long.MAX_VALUE} for never. */
    long leftNs;

    boolean useful;
    Wait.Cause cause = Wait.Cause.UNKNOWN;
    Family family = Family.OTHER;
    int yieldTarget;

    /** Host time of an EXIT still to be spent. */
    long hostLeftNs;

    /** Guest time its computing loses to cold caches. */
    long refillNs;

    // The spin under way, or released before it began.
    boolean spinning;
    boolean released;
    /** The wait could never have ended and was given up. */
    boolean cut;

    long spinStartNs;
    long spinNs;
    /** Age of the PAUSE loop as the hardware counts it: since VM entry or the start of the loop. */
    long loopNs;

    int pleExits;
    long episode;
    /** Whoever let the spinner go, -1 while unknown. */
    int culprit = UNKNOWN;

    long releaseNs = UNKNOWN;

    // The halt or sleep under way.
    /** Told to halt while handlers run; stays in guest mode until the first is through, then asks again. */
    boolean haltDelayed;

    boolean blocked;
    boolean wokenFromBlock;
    /** Blocked by KVM for a moment after a PAUSE exit, not by its guest. */
    boolean sleeping;

    long haltStartNs;

    // Its timer.
    int timerVector;
    long timerTag;

    /** Last VM entry. */
    long entryNs;

    /** Time in guest mode. */
    long guestNs;

    // Totals.
    long workNs;
    long totalSpinNs;
    long totalPauseExits;
    long halts;
    long switches;
    long migrations;

    /** Where it last ran, -1 at first, and how much that pCPU had run by then. */
    int leftPcpu = UNKNOWN;

    long leftBusyNs;

    VirtualCpu(int index, Vcpu vcpu) {
        this.index = index;
        this.vcpu = vcpu;
        this.thread = vcpu.thread();
    }

    /** Takes an order; the one before must be done. */
    void tell(Activity next, Privilege at) {
        if (activity != Activity.NONE) {
            throw new IllegalStateException(
                    "vCPU " + index + " is told " + next + " and is not through with " + activity);
        }
        activity = next;
        fresh = true;
        privilege = at;
        if (next != Activity.SPIN) {
            forgetRelease();
        }
    }

    void forgetRelease() {
        released = false;
        cut = false;
        culprit = UNKNOWN;
        releaseNs = UNKNOWN;
    }

    void beginSpin(long now) {
        fresh = false;
        spinning = true;
        spinStartNs = now;
        spinNs = 0;
        loopNs = 0;
        pleExits = 0;
    }

    void endSpin() {
        spinning = false;
        forgetRelease();
    }

    /** Spins, and what it waits for has not happened. */
    boolean waitsSpinning() {
        return spinning && !released;
    }

    /** Books time in guest mode; {@code inHandler} while an interrupt's handler delays everything else. */
    void spend(long ns, boolean inHandler) {
        guestNs += ns;
        if (inHandler) {
            return;
        }
        switch (activity) {
            case COMPUTE -> {
                long refilled = Math.min(ns, refillNs);
                refillNs -= refilled;
                leftNs -= ns - refilled;
                if (useful) {
                    workNs += ns - refilled;
                }
            }
            case SPIN -> {
                spinNs += ns;
                loopNs += ns;
                totalSpinNs += ns;
                leftNs -= leftNs == Long.MAX_VALUE ? 0 : ns;
            }
            case NONE, HALT, EXIT, YIELD, SHUTDOWN -> {
                // A halted guest's interrupt handler is no work of its own.
            }
        }
    }
}
