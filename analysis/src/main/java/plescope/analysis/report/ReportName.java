package plescope.analysis.report;

import java.util.Locale;
import java.util.Optional;

/** Every report; the name is the resource, the word on the command line and the table macro in the database. */
public enum ReportName {
    SUMMARY,
    EXITS,
    BURSTS,
    BURST_TOTALS,
    HOTSPOTS,
    ROOT_CAUSES,
    HEADROOM,
    CONTINUATION,
    YIELDS,
    WAKE_UPS,
    IPI_LATENCY,
    HALT_POLLING,
    VCPUS,
    STEAL,
    STACKING,
    WHAT_IF,
    PREDICTIONS,
    TRUST,
    FIDELITY,
    QUALITY;

    /** As typed on the command line: {@code root-causes}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As spelled in SQL: {@code report_root_causes}. */
    public String macro() {
        return "report_" + name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReportName> find(String text) {
        for (ReportName name : values()) {
            if (name.text().equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
