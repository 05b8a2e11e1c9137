package plescope.analysis.compare;

import java.util.List;

/** What a side must show so that a measure can be told of it. */
final class Needs {
    /** More of the events lost than this, and what was seen is no fair sample. */
    private static final double MOST_LOST = 0.01;

    private Needs() {}

    /** Why nothing can be compared with this side at all, else empty. */
    static String missing(String side, Side of) {
        if (!of.grid().isLongEnough()) {
            return side + " is too short: of " + TimeGrid.FEWEST_BLOCKS + " blocks of "
                    + of.grid().blockNs() / 1_000_000 + " ms that are needed it has "
                    + of.grid().blocks();
        }
        double lost = of.facts().lost();
        return lost > MOST_LOST ? side + " lost " + Math.round(1000 * lost) / 10.0 + " % of its events" : "";
    }

    /** Why a measure cannot be told of this side, else empty. */
    static String missing(String side, Side of, String measure) {
        if (of.facts().isRecorded()) {
            for (String tracepoint : tracepoints(measure)) {
                if (!of.facts().recorded(tracepoint)) {
                    return side + " has no " + tracepoint;
                }
            }
        }
        boolean silent = of.facts().text("PLE").equals("no exits");
        if (silent && dependsOnEpisodes(measure)) {
            return side + " has no PLE exits, by which waits are told apart; --symbols or --spin-code can tell";
        }
        boolean spinHidden = silent && of.facts().text("spinning").equals("not seen");
        return spinHidden && dependsOnSpin(measure)
                ? side + " has no PLE exits: its spinning looks like work; --symbols or --spin-code can tell"
                : "";
    }

    /** Waits and their causes: a replay knows who spins without PLE exits too, but begins and names waits at exits. */
    private static boolean dependsOnEpisodes(String measure) {
        return measure.startsWith("spin:") || measure.startsWith("waits:") || measure.startsWith("spin_episode");
    }

    private static boolean dependsOnSpin(String measure) {
        return measure.equals(CellCounts.OBSERVED) || measure.equals(CellCounts.THROUGHPUT) || measure.equals("spin");
    }

    private static List<String> tracepoints(String measure) {
        String name = measure.replaceFirst("_p\\d+_us$", "");
        return switch (name) {
            case "context_switches", "off_cpu", "steal", "blocked", "sleep" -> List.of("sched_switch");
            case "wake_ups", "wake_to_run" -> List.of("sched_switch", "sched_wakeup");
            case "ipis", "ipi_latency" -> List.of("kvm_apic_ipi");
            case "guest_run" -> List.of("kvm_entry", "kvm_exit");
            default -> List.of("kvm_exit");
        };
    }
}
