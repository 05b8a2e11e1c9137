package plescope.analysis.cli;

import java.util.List;

/** Completion for zsh, to be saved as {@code _plescope} in a folder of {@code $fpath}. */
final class ZshCompletion {
    private static final String HEAD = """
            #compdef plescope
            # zsh completion of plescope, written by: plescope completions zsh
            _plescope() {
                local curcontext=$curcontext state line
                local -a commands
                commands=(
            """;

    private static final String MIDDLE = """
                )
                _arguments -C \\
                    '(- *)'{-h,--help}'[list the commands]' \\
                    '(- *)--version[say which version this is]' \\
                    '*--policies[policies of a jar of your own]:JAR:_files' \\
                    '1:command:->command' \\
                    '*::argument:->argument'
                case $state in
                    command) _describe -t commands command commands ;;
                    argument)
                        case $words[1] in
            """;

    private static final String TAIL = """
                        esac
                        ;;
                esac
            }
            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
                _plescope "$@"
            else
                compdef _plescope plescope
            fi
            """;

    private ZshCompletion() {}

    static String script(List<Syntax> commands) {
        StringBuilder out = new StringBuilder(HEAD);
        for (Syntax command : commands) {
            out.append("        ")
                    .append(quoted(command.name() + ":" + command.summary()))
                    .append('\n');
        }
        out.append(MIDDLE);
        for (Syntax command : commands) {
            out.append("                ").append(command.name()).append(")\n                    _arguments");
            command.options().forEach(item -> option(item, out));
            String action = command.words().isEmpty() ? "_files" : "(" + String.join(" ", command.words()) + ")";
            out.append(" \\\n                        '*:argument:")
                    .append(action)
                    .append("'\n");
            out.append("                    ;;\n");
        }
        return out.append(TAIL).toString();
    }

    /** {@code '*'} lets every option stand more than once. */
    private static void option(Syntax.Item item, StringBuilder out) {
        String names = item.dashed().size() == 1
                ? "'*'" + item.dashed().get(0)
                : "'*'{" + String.join(",", item.dashed()) + "}";
        String text = "[" + item.description().replace("[", "\\[").replace("]", "\\]") + "]";
        if (item.argument() != null) {
            text += ":" + item.argument().replace(":", "\\:") + ":" + action(item);
        }
        out.append(" \\\n                        ").append(names).append(quoted(text));
    }

    private static String action(Syntax.Item item) {
        if (item.takesFile()) {
            return "_files";
        }
        return item.values().isEmpty() ? " " : "(" + String.join(" ", item.values()) + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
