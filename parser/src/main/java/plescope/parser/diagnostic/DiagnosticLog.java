package plescope.parser.diagnostic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts every finding per code and keeps the first few of each, so that memory stays bounded whatever the input. */
public final class DiagnosticLog {
    /** Enough to see the pattern of a fault, few enough for a terminal. */
    public static final int KEPT_PER_CODE = 5;

    private final long[] counts = new long[DiagnosticCode.values().length];
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

    /** Adds all findings of a later part of the same input. */
    public void absorb(DiagnosticLog later) {
        later.kept.forEach(this::add);
        for (DiagnosticCode code : DiagnosticCode.values()) {
            counts[code.ordinal()] += later.count(code) - Math.min(later.count(code), KEPT_PER_CODE);
        }
    }

    /** Counts a finding without keeping it. */
    public void tally(DiagnosticCode code) {
        counts[code.ordinal()]++;
    }

    public long count(DiagnosticCode code) {
        return counts[code.ordinal()];
    }

    public long count(Severity severity) {
        long sum = 0;
        for (DiagnosticCode code : DiagnosticCode.values()) {
            sum += code.severity() == severity ? count(code) : 0;
        }
        return sum;
    }

    /** The first findings of each code, in input order. */
    public List<Diagnostic> kept() {
        return List.copyOf(kept);
    }

    /** How often each code occurred, in the order of the codes. */
    public Map<DiagnosticCode, Long> counts() {
        Map<DiagnosticCode, Long> found = new EnumMap<>(DiagnosticCode.class);
        for (DiagnosticCode code : DiagnosticCode.values()) {
            if (count(code) > 0) {
                found.put(code, count(code));
            }
        }
        return found;
    }
}
