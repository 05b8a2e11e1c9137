package plescope.analysis.cli;

import java.util.List;

/** Completion for fish. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(List<Syntax> commands) {
        StringBuilder out = new StringBuilder("# fish completion of plescope, written by: plescope completions fish\n");
        out.append("complete -c plescope -n __fish_use_subcommand -f\n");
        out.append("complete -c plescope -n __fish_use_subcommand -l help -d 'list the commands'\n");
        out.append("complete -c plescope -n __fish_use_subcommand -l version -d 'say which version this is'\n");
        out.append(
                "complete -c plescope -n __fish_use_subcommand -l policies -r -F -d 'policies of a jar of your own'\n");
        for (Syntax command : commands) {
            out.append("complete -c plescope -n __fish_use_subcommand -a ")
                    .append(command.name())
                    .append(" -d ")
                    .append(quoted(command.summary()))
                    .append('\n');
        }
        for (Syntax command : commands) {
            String when = "complete -c plescope -n '__fish_seen_subcommand_from " + command.name() + "'";
            if (!command.words().isEmpty()) {
                out.append(when)
                        .append(" -f -a ")
                        .append(quoted(String.join(" ", command.words())))
                        .append('\n');
            }
            for (Syntax.Item item : command.options()) {
                out.append(when).append(names(item)).append(value(item));
                out.append(" -d ").append(quoted(item.description())).append('\n');
            }
        }
        return out.toString();
    }

    private static String names(Syntax.Item item) {
        StringBuilder names = new StringBuilder();
        for (String dashed : item.dashed()) {
            names.append(dashed.startsWith("--") ? " -l " : " -s ").append(dashed.replaceFirst("^--?", ""));
        }
        return names.toString();
    }

    private static String value(Syntax.Item item) {
        if (item.argument() == null) {
            return "";
        }
        if (item.takesFile()) {
            return " -r -F";
        }
        return item.values().isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", item.values()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
