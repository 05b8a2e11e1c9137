package plescope.parser.diagnostic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts every finding per code and keeps the first few of each, so that memory stays bounded whatever the input. */
public final class DiagnosticLog {
    /** Enough to see the pattern of a fault, few enough for a terminal. */
    public static final int KEPT_PER_CODE = 5;

    private final Map<DiagnosticCode, Long> counts = new EnumMap<>(DiagnosticCode.class);
    private final List<Diagnostic> kept = new ArrayList<>();

    public void add(Diagnostic diagnostic) {
        if (wants(diagnostic.code())) {
            kept.add(diagnostic);
        }
        tally(diagnostic.code());
    }

    /** Whether the next finding of this code would be kept; if not, {@link #tally} saves making it. */
    public boolean wants(DiagnosticCode code) {
        return count(code) < KEPT_PER_CODE;
    }

    /** Counts a finding without keeping it. */
    public void tally(DiagnosticCode code) {
        counts.merge(code, 1L, Long::sum);
    }

    public long count(DiagnosticCode code) {
        return counts.getOrDefault(code, 0L);
    }

    public long count(Severity severity) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().severity() == severity)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The first findings of each code, in input order. */
    public List<Diagnostic> kept() {
        return List.copyOf(kept);
    }

    public Map<DiagnosticCode, Long> counts() {
        return Map.copyOf(counts);
    }
}
