package plescope.analysis.cli;

import java.nio.file.Path;

/** What to do with a database just written, as command lines ready to be copied. */
final class NextSteps {
    private static final String QUERY = "FROM ple_burst(run := 0, max_gap_us := 100, min_exits := 3)";

    private NextSteps() {}

    /** @param page with pictures, null where none was written */
    static String of(Path database, Path page) {
        String file = quoted(database);
        return "written: " + database + "\n"
                + (page == null ? "" : "  pictures:           " + page + ", opens in any browser\n")
                + "  every report:       plescope report --list\n"
                + "  one, in full:       plescope report bursts -i " + file + " --max-gap-us 50 --format csv\n"
                + "  your own query:     plescope sql " + file + " \"" + QUERY + "\"\n"
                + "  any DuckDB client:  duckdb " + file + " -c \"" + QUERY + "\"\n";
    }

    /** A path as one word for a shell. */
    static String quoted(Path path) {
        String text = path.toString();
        boolean plain =
                text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "/._-+=:,".indexOf(c) >= 0));
        return plain ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
