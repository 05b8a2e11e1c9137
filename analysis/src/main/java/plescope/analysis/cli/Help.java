package plescope.analysis.cli;

import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Texts of {@code --help}. */
final class Help {
    static final String ABOUT =
            "plescope reads KVM host traces, explains Pause-Loop Exiting and replays the guests' work under"
                    + " other policies.";

    private static final int COLUMN = 26;

    private Help() {}

    static String overview(List<Command> commands) {
        StringBuilder out = new StringBuilder(ABOUT + "\n\nusage: plescope COMMAND [ARGUMENTS]\n\ncommands:\n");
        for (Command command : commands) {
            out.append(entry(command.name(), command.summary()));
        }
        out.append("\noptions:\n")
                .append(entry("--help, -h", "this text; after a command, its options and examples"))
                .append(entry(
                        "--policies JAR", "before the command: add the policies of a jar of your own; may be repeated"))
                .append(entry("--version", "version and commit of plescope, its libraries and Java"))
                .append("\nexit codes:\n");
        for (ExitCode code : ExitCode.values()) {
            out.append(entry(Integer.toString(code.code()), code.meaning()));
        }
        return out.append("\nexamples:\n")
                .append("  plescope analyze trace.txt\n")
                .append("  plescope report root-causes -i trace.duckdb\n")
                .toString();
    }

    static String of(Command command, Options options) {
        StringBuilder out = new StringBuilder("plescope " + command.name() + ": " + command.summary()
                + "\n\nusage: plescope " + command.name() + " " + command.arguments() + "\n\noptions:\n");
        for (Option option : options.getOptions()) {
            String dashes = String.join(", ", Syntax.dashed(option));
            String value = option.hasArg() ? " " + option.getArgName() : "";
            out.append(entry(dashes + value, option.getDescription()));
        }
        out.append("\nexamples:\n");
        for (String example : command.examples()) {
            out.append("  ").append(example).append('\n');
        }
        return out.toString();
    }

    private static String entry(String left, String right) {
        String gap = left.length() < COLUMN ? " ".repeat(COLUMN - left.length()) : "\n" + " ".repeat(COLUMN + 2);
        return "  " + left + gap + right + "\n";
    }
}
