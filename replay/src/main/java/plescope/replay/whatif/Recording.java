package plescope.replay.whatif;

import plescope.replay.calibration.RecordedHost;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;

/**
 * What replays start from, wherever it was read: a log, a plescope database, or a workload file.
 *
 * @param name of the file, for the reader
 * @param measured what the recorded schedule itself came to, null where a workload file does not say
 * @param spin how the recording shows spinning, and so what it can answer
 * @param spinReason one sentence for the reader: why, and where it cannot answer what to record to change that
 */
public record Recording(
        String name,
        Roster roster,
        WorkloadSource work,
        RecordedHost host,
        Measures measured,
        SpinEvidence spin,
        String spinReason) {
    /** A recording that says no more about its spinning than the sort of evidence. */
    public Recording(
            String name, Roster roster, WorkloadSource work, RecordedHost host, Measures measured, SpinEvidence spin) {
        this(name, roster, work, host, measured, spin, spin.usually());
    }

    /** The same without its work, which takes most of the memory: for what is said when all replays are done. */
    Recording withoutWork() {
        WorkloadSource none = member -> {
            throw new IllegalStateException("the work of " + name + " was let go");
        };
        return new Recording(name, roster, none, host, measured, spin, spinReason);
    }

    /** Whether nobody measured how long a PLE window takes: without PLE exits, and no other recording told. */
    public boolean pleUnitAssumed() {
        long unitPicos = host.model().ple().unitPicos();
        boolean usual =
                unitPicos == PleHardware.SVM_DEFAULT.unitPicos() || unitPicos == PleHardware.VMX_DEFAULT.unitPicos();
        return spin != SpinEvidence.PLE_EXITS && usual;
    }

    /** How much of the guests' spinning a recording shows. */
    public enum SpinEvidence {
        /** PLE exits: every wait longer than a window left its trace. */
        PLE_EXITS("PLE exits show every wait longer than a PLE window"),
        /** No PLE exits, but host interrupts sampled guest code that is known to spin, or waits follow from IPIs: intervals, not episodes. */
        SAMPLED("without PLE exits, spinning is told by samples and IPIs, in intervals"),
        /** Neither: guest time cannot be told from spin, and the recording cannot answer what depends on spinning. */
        NONE(
                "without PLE exits or known spinning code, spin cannot be told from work: what depends on it cannot be answered");

        private final String sentence;

        SpinEvidence(String sentence) {
            this.sentence = sentence;
        }

        /** What there is to say where nothing more is known. */
        public String usually() {
            return sentence;
        }
    }
}
