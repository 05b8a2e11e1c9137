package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.Roster;

/**
 * What rebuilding the timeline found beside the intervals.
 *
 * @param startNs where every vCPU's intervals begin
 * @param endNs where they end
 * @param entryAfterEntry entries that followed an entry of the same thread: fast-path re-entry before 5.11, or a lost exit
 * @param exitAfterExit exits that followed an exit of the same thread: a lost entry
 * @param exitWithoutEntry first exits of threads that were already in the guest when the log began
 * @param lostSpans stretches set to UNKNOWN because the recorder lost events
 * @param violations stretches set to UNKNOWN because the log contradicts itself
 * @param backwards events of a thread earlier than its last one; their time was raised to it
 * @param schedEvents whether the log has any sched_switch; without, pCPU occupancy is inferred from entries
 * @param guess what VMs without process ids were told apart by
 * @param unnumbered vCPUs whose number neither events nor names nor lists give; they were numbered as they appeared
 * @param reusedTids vCPU threads whose id came back as another process's: the timeline goes on with the first
 */
public record TimelineSummary(
        Roster roster,
        long startNs,
        long endNs,
        long entryAfterEntry,
        long exitAfterExit,
        long exitWithoutEntry,
        long lostSpans,
        long violations,
        long backwards,
        boolean schedEvents,
        String guess,
        long unnumbered,
        long reusedTids) {

    /** One sentence per thing a reader should know; empty for a clean log. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        add(findings, entryAfterEntry, "kvm_entry without a kvm_exit before it");
        add(findings, exitAfterExit, "kvm_exit without a kvm_entry before it");
        add(findings, exitWithoutEntry, "vCPU already in the guest when the log begins");
        add(findings, lostSpans, "stretch unknown because events were lost");
        add(findings, violations, "stretch unknown because the log contradicts itself");
        add(findings, backwards, "event earlier than its thread's last one");
        if (!schedEvents) {
            findings.add("no sched_switch events: who ran where is inferred from VM entries");
        }
        return findings;
    }

    private static void add(List<String> findings, long count, String text) {
        if (count > 0) {
            findings.add(count + " x " + text);
        }
    }
}
