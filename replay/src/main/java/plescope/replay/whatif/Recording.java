package plescope.replay.whatif;

import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.Roster;

/**
 * What replays start from, wherever it was read: a log, a plescope database, or a workload file.
 *
 * @param name of the file, for the reader
 * @param measured what the recorded schedule itself came to, null where a workload file does not say
 * @param spin how the recording shows spinning, and so what it can answer
 */
public record Recording(
        String name, Roster roster, WorkloadSource work, RecordedHost host, Measures measured, SpinEvidence spin) {
    /** How much of the guests' spinning a recording shows. */
    public enum SpinEvidence {
        /** PLE exits: every wait longer than a window left its trace. */
        PLE_EXITS,
        /** No PLE exits, but host interrupts sampled guest code that is known to spin, or waits follow from IPIs: intervals, not episodes. */
        SAMPLED,
        /** Neither: guest time cannot be told from spin, and the recording cannot answer what depends on spinning. */
        NONE
    }
}
