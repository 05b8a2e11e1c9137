package plescope.replay.scenario.text;

import plescope.replay.model.VcpuState;

/** Where in its code a guest was: a simulated vCPU has no instruction pointer of its own. */
interface GuestRips {
    /** The PAUSE of the loop that a spinning vCPU is in. */
    long pause(int vcpu, long timeNs);

    /** Where an interrupt finds a guest that is in that state. */
    long interrupted(int vcpu, long timeNs, VcpuState state);

    /** Nothing before that moment will be asked for. */
    void forget(long beforeNs);
}
