package plescope.analysis.check;

import plescope.parser.event.EventsLost;
import plescope.parser.event.TraceEvent;

/** What one host CPU recorded: from when to when, how much, what was lost, and whether its clock stepped back. */
final class CpuTrail {
    private final int cpu;
    private final long firstNs;
    private long lastNs;
    private long events;
    private long lost;
    private long entries;
    private long exits;
    private long unpaired;
    private long lastLine;
    private long stepsBack;
    private long largestStepNs;
    private long firstStepNs;

    CpuTrail(int cpu, long firstNs) {
        this.cpu = cpu;
        this.firstNs = firstNs;
        this.lastNs = firstNs;
    }

    /** The next event in time order: if its line stands before the last one's, the clock went back between the two lines. */
    void seen(TraceEvent event) {
        long now = event.timestampNs();
        if (event.line() < lastLine) {
            firstStepNs = stepsBack++ == 0 ? now : firstStepNs;
            largestStepNs = Math.max(largestStepNs, now - lastNs);
        }
        lastLine = event.line();
        lastNs = Math.max(lastNs, now);
        events++;
    }

    /** A loss without a count counts as one; the start of another recording is none. */
    void lost(EventsLost event) {
        lost += event.count() < 0 ? 1 : event.count();
    }

    /** @param alone whether the thread's last such event was of the same sort */
    void entered(boolean alone) {
        entries++;
        unpaired += alone ? 1 : 0;
    }

    void exited(boolean alone) {
        exits++;
        unpaired += alone ? 1 : 0;
    }

    int cpu() {
        return cpu;
    }

    long firstNs() {
        return firstNs;
    }

    long lastNs() {
        return lastNs;
    }

    long events() {
        return events;
    }

    long lost() {
        return lost;
    }

    /** Entries and exits. */
    long crossings() {
        return entries + exits;
    }

    /** Entries behind an entry of their thread, and exits behind an exit. */
    long unpaired() {
        return unpaired;
    }

    /** How often a line is older than the CPU's line before it. */
    long stepsBack() {
        return stepsBack;
    }

    long largestStepNs() {
        return largestStepNs;
    }

    long firstStepNs() {
        return firstStepNs;
    }
}
