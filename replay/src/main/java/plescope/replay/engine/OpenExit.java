package plescope.replay.engine;

import plescope.parser.event.ExitReason;
import plescope.replay.model.DirectedYield.Outcome;

/** A vCPU's exit that no entry has followed yet, and what became of the pCPU meanwhile. */
final class OpenExit {
    boolean open;
    int pcpu;
    long exitNs;
    long guestNs;
    int window;
    ExitReason reason;

    Outcome outcome;
    int successor;
    boolean hitCulprit;
    boolean culpritKnown;
    long switchedOutNs;
    long offCpuNs;
}
