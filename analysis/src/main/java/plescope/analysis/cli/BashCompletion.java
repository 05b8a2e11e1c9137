package plescope.analysis.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion for bash 3.2 and later, without help from bash-completion. */
final class BashCompletion {
    private static final String HEAD = """
            # bash completion of plescope, written by: plescope completions bash
            _plescope() {
                local IFS=$' \\t\\n' at=1 files= words=
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                COMPREPLY=()
                while [[ ${COMP_WORDS[at]-} == --policies && $COMP_CWORD -gt $((at + 1)) ]]; do
                    at=$((at + 2))
                done
                if [[ $COMP_CWORD -eq $at && $at -gt 1 || $COMP_CWORD -eq 1 ]]; then
            """;

    private static final String TAIL = """
                fi
                [[ -z $words ]] || COMPREPLY=($(compgen -W "$words" -- "$current"))
                if [[ -n $files ]]; then
                    IFS=$'\\n'
                    COMPREPLY+=($(compgen -f -- "$current"))
                    compopt -o filenames 2>/dev/null
                fi
            }
            complete -F _plescope plescope
            """;

    private BashCompletion() {}

    static String script(List<Syntax> commands) {
        StringBuilder out = new StringBuilder(HEAD);
        String first = Stream.concat(
                        commands.stream().map(Syntax::name), Stream.concat(Stream.of("help"), Syntax.GLOBAL.stream()))
                .collect(Collectors.joining(" "));
        out.append("        words='").append(first).append("'\n");
        out.append("    elif [[ $previous == --policies && $COMP_CWORD -eq $((at + 1)) ]]; then\n        files=1\n");
        out.append("    else\n        case \"${COMP_WORDS[at]} $previous\" in\n");
        commands.forEach(command -> values(command, out));
        out.append("            *)\n                case \"${COMP_WORDS[at]} $current\" in\n");
        commands.forEach(command -> line(out, "'" + command.name() + " -'*", words(command.dashes())));
        for (Syntax command : commands) {
            line(out, "'" + command.name() + " '*", command.words().isEmpty() ? "files=1" : words(command.words()));
        }
        line(out, "'help '*", words(commands.stream().map(Syntax::name).toList()));
        return out.append("                esac\n                ;;\n        esac\n")
                .append(TAIL)
                .toString();
    }

    private static void values(Syntax command, StringBuilder out) {
        for (Syntax.Item item : command.options()) {
            if (item.argument() == null) {
                continue;
            }
            String pattern = item.dashed().stream()
                    .map(dashed -> "'" + command.name() + " " + dashed + "'")
                    .collect(Collectors.joining(" | "));
            String action = item.takesFile() ? "files=1" : item.values().isEmpty() ? ":" : words(item.values());
            out.append("            ")
                    .append(pattern)
                    .append(") ")
                    .append(action)
                    .append(" ;;\n");
        }
    }

    private static void line(StringBuilder out, String pattern, String action) {
        out.append("                    ")
                .append(pattern)
                .append(") ")
                .append(action)
                .append(" ;;\n");
    }

    private static String words(List<String> words) {
        return "words='" + String.join(" ", words) + "'";
    }
}
