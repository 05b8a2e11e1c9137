package plescope.analysis.check;

import static plescope.analysis.check.Tracepoint.ACCEPT_IRQ;
import static plescope.analysis.check.Tracepoint.APIC_IPI;
import static plescope.analysis.check.Tracepoint.EOI;
import static plescope.analysis.check.Tracepoint.HALT_POLL;
import static plescope.analysis.check.Tracepoint.INJECTED;
import static plescope.analysis.check.Tracepoint.KVM_ENTRY;
import static plescope.analysis.check.Tracepoint.KVM_EXIT;
import static plescope.analysis.check.Tracepoint.MIGRATE;
import static plescope.analysis.check.Tracepoint.PLE_WINDOW;
import static plescope.analysis.check.Tracepoint.SWITCH;
import static plescope.analysis.check.Tracepoint.VCPU_WAKEUP;
import static plescope.analysis.check.Tracepoint.WAKING;

import java.util.List;
import plescope.analysis.store.ReportNeed;

/**
 * What users ask of a log, and what the answer needs to be recorded.
 *
 * @param reports names of the reports that answer it
 */
record Answer(String reports, List<Need> needs) {
    static final List<Answer> ALL = List.of(
            new Answer(
                    "exits",
                    new Need(KVM_EXIT, true, "why and how often guests exit"),
                    new Need(KVM_ENTRY, false, "how long exits take, and how long guests run between them")),
            new Answer(
                    "bursts, hotspots",
                    new Need(KVM_EXIT, true, "that anybody spins"),
                    new Need(KVM_ENTRY, false, "how long a spin lasted before its first PLE exit"),
                    new Need(PLE_WINDOW, false, "how large windows grew: the defaults are taken to have held")),
            new Answer(
                    "root-causes",
                    new Need(KVM_EXIT, true, "that anybody spins"),
                    new Need(APIC_IPI, false, "which waits are for IPIs: they count as locks or unknown"),
                    new Need(ACCEPT_IRQ, false, "when IPIs reached their receivers"),
                    new Need(EOI, false, "when receivers were done with IPIs; absent with APICv, too"),
                    new Need(SWITCH, false, "who was preempted, and so whom a spinner waited for")),
            new Answer(
                    "yields",
                    new Need(KVM_EXIT, true, "that anybody yields"),
                    new Need(SWITCH, false, "who ran after a PLE exit: the next VM entry is taken for it")),
            new Answer(
                    "vcpus, steal, stacking",
                    new Need(KVM_EXIT, true, "when guests run"),
                    new Need(KVM_ENTRY, false, "when guests run"),
                    new Need(SWITCH, false, "steal time: an absent vCPU may be preempted, asleep or in the host"),
                    new Need(WAKING, false, "since when a woken vCPU waits for a pCPU"),
                    new Need(MIGRATE, false, "on which run queue a waiting vCPU stands, unless no thread moved")),
            new Answer(
                    "halt-polling, wake-ups",
                    new Need(SWITCH, true, "when vCPUs sleep"),
                    new Need(WAKING, false, "who woke them"),
                    new Need(INJECTED, false, "what woke them: timer, device or IPI"),
                    new Need(VCPU_WAKEUP, false, "whether a halt was polled or slept"),
                    new Need(HALT_POLL, false, "how long the polling window was")),
            new Answer(
                    "what-if",
                    new Need(KVM_EXIT, true, "what the guests do"),
                    new Need(KVM_ENTRY, true, "what the guests do"),
                    new Need(SWITCH, false, "what is guest work and what the host took away: predictions are rough"),
                    new Need(WAKING, false, "which halts end by IPI: they keep their recorded times"),
                    new Need(APIC_IPI, false, "which waits end by IPI: they keep their recorded lengths")));

    /**
     * One thing an answer needs.
     *
     * @param essential whether there is no answer at all without it
     * @param unknown what cannot be known without it
     */
    record Need(Tracepoint tracepoint, boolean essential, String unknown) {}

    /** All needs as the database keeps them. */
    static List<ReportNeed> asStored() {
        return ALL.stream()
                .flatMap(answer -> answer.needs().stream()
                        .map(need -> new ReportNeed(
                                answer.reports(),
                                need.tracepoint().label(),
                                need.tracepoint().alias(),
                                need.essential(),
                                need.tracepoint().whenHalting(),
                                need.unknown())))
                .toList();
    }

    Answer(String reports, Need... needs) {
        this(reports, List.of(needs));
    }
}
