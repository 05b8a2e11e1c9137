package plescope.analysis.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a table is printed. */
public enum ReportFormat {
    /** Aligned columns for a terminal. */
    TABLE,
    /** RFC 4180. */
    CSV,
    /** One array of objects. */
    JSON,
    /** One object per line. */
    JSONL,
    MARKDOWN;

    /** All of them, for messages. */
    public static String known() {
        return Arrays.stream(values()).map(ReportFormat::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReportFormat> find(String text) {
        for (ReportFormat format : values()) {
            if (format.text().equals(text)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
