package plescope.replay.model;

import plescope.parser.event.ExitReason;

/**
 * One exit from guest mode and its handling.
 *
 * @param vcpu dense index
 * @param exitNs when the guest left guest mode
 * @param entryNs when the same thread entered guest mode again, -1 where no entry was seen; includes time off the pCPU
 * @param guestNs length of the guest run that ended here, -1 where its entry was not seen
 * @param window PLE window in force during that run (cycles on VMX, PAUSE count on SVM), 0 where unknown
 * @param line line of the log, 0 in simulated schedules
 */
public record VmExit(
        int vcpu,
        int pcpu,
        long exitNs,
        long entryNs,
        ExitReason reason,
        long guestRip,
        long guestNs,
        int window,
        long line) {}
