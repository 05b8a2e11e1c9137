package plescope.replay.spin;

/**
 * What spin detection measured beside the episodes.
 *
 * @param unitPicos picoseconds of looping per unit of PLE window over all loops (a TSC cycle on VMX, one PAUSE on SVM), 0 unknown
 * @param meanUnitPicos the same on average instead of at its quickest: stalls, SMT and slow clocks stretch loops, and a replay
 *     must spend the time they took; 0 where the log does not say
 * @param unitSamples PAUSE exits it was measured from
 * @param baseWindow PLE window at sched-in, 0 where no PAUSE exit was seen
 * @param windowEvents whether the log records window changes; without, they are replayed from the rules
 * @param pauseExits PAUSE exits of all vCPUs
 * @param episodes spin episodes
 * @param unknownEnds episodes cut by losses, contradictions or the end of the log
 * @param loops distinct PAUSE loops by guest address
 * @param ipis interprocessor interrupts per receiver
 * @param unacknowledged of those, never seen handled
 */
public record SpinSummary(
        long unitPicos,
        long meanUnitPicos,
        long unitSamples,
        int baseWindow,
        boolean windowEvents,
        long pauseExits,
        long episodes,
        long unknownEnds,
        int loops,
        long ipis,
        long unacknowledged) {}
