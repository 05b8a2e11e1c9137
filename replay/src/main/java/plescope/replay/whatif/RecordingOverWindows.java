package plescope.replay.whatif;

/** What the windows of one recording come to as a whole: who was there, what was measured, how its spinning shows; without their work. */
public final class RecordingOverWindows {
    private final MeasuresOverTime measures = new MeasuresOverTime();
    private Recording first;
    private boolean measured = true;
    private Recording.SpinEvidence spin = Recording.SpinEvidence.PLE_EXITS;
    private String spinReason = "";

    /** Adds the next window, of that length. Its work is not held on to. */
    public void add(Recording window, long lengthNs) {
        first = first == null ? window.withoutWork() : first;
        measured &= window.measured() != null;
        if (window.measured() != null) {
            measures.add(window.measured(), lengthNs);
        }
        // The whole shows no more than its worst window.
        if (window.spin().compareTo(spin) > 0 || spinReason.isEmpty()) {
            spin = window.spin();
            spinReason = window.spinReason();
        }
    }

    /** The whole; at least one window must have been added. */
    public Recording recording() {
        return new Recording(
                first.name(),
                first.roster(),
                first.work(),
                first.host(),
                measured ? measures.measures() : null,
                spin,
                spinReason);
    }
}
