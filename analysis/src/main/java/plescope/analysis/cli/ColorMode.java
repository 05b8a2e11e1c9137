package plescope.analysis.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;

/** When output may hold control sequences of a terminal. */
enum ColorMode {
    /** Where the output is a terminal that can, and {@code NO_COLOR} is not set; the launcher looks. */
    AUTO,
    ALWAYS,
    NEVER;

    /** Set by the launcher: Java cannot ask what the output is. */
    private static final String TERMINAL = "plescope.color";

    static List<String> names() {
        return Arrays.stream(values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static String known() {
        return String.join(", ", names());
    }

    /** Whether to print in bold what is a head. */
    static boolean bold(CommandLine line) {
        String typed = line.getOptionValue(CommonOptions.COLOR, "auto");
        int at = names().indexOf(typed);
        if (at < 0) {
            throw new UsageException(NearestName.complaint("colour mode", typed, names()));
        }
        return switch (values()[at]) {
            case AUTO -> Boolean.getBoolean(TERMINAL);
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
