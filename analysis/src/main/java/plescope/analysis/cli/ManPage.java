package plescope.analysis.cli;

import java.util.List;

/** The manual in the man macros of roff. */
final class ManPage {
    private ManPage() {}

    static String text(List<Syntax> commands, String version) {
        StringBuilder out = new StringBuilder(".\\\" Written by: plescope man\n");
        out.append(".TH PLESCOPE 1 \"\" \"plescope ").append(escaped(version)).append("\" \"User Commands\"\n");
        out.append(".nh\n.ad l\n");
        section(
                out,
                "NAME",
                "plescope - read KVM host traces, explain Pause-Loop Exiting, replay under other policies");
        out.append(".SH SYNOPSIS\n.B plescope\n.RI [ \\-\\-policies \" JAR\" ]... \" COMMAND\" \" \" [ ARGUMENTS ]\n");
        section(out, "DESCRIPTION", Help.ABOUT);
        out.append(".SH COMMANDS\n");
        commands.forEach(command -> command(out, command));
        out.append(".SH EXIT STATUS\n");
        for (ExitCode code : ExitCode.values()) {
            entry(out, Integer.toString(code.code()), code.meaning());
        }
        out.append(".SH ENVIRONMENT\n");
        entry(out, "JAVA_HOME", "the Java 17 or newer to run; otherwise the java of the PATH");
        entry(out, "NO_COLOR", "where set to anything, no bold heads; --color always outranks it");
        entry(
                out,
                "XDG_CACHE_HOME",
                "where classes prepared for a quick start lie, in the folder plescope; default ~/.cache");
        out.append(".SH FILES\n");
        entry(out, CommonOptions.DEFAULT_DATABASE, "database written and read where none is named");
        out.append(".SH SEE ALSO\n.BR perf\\-script (1),\n.BR perf\\-kvm (1),\n.BR trace\\-cmd (1)\n");
        return out.toString();
    }

    private static void command(StringBuilder out, Syntax command) {
        out.append(".SS ").append(command.name()).append('\n');
        line(out, command.summary());
        out.append(".PP\n.B plescope ").append(command.name()).append('\n');
        line(out, command.arguments());
        for (Syntax.Item item : command.options()) {
            entry(
                    out,
                    String.join(", ", item.dashed()) + (item.argument() == null ? "" : " " + item.argument()),
                    item.description());
        }
        out.append(".PP\nExamples:\n.RS 4\n.nf\n");
        command.examples().forEach(example -> line(out, example));
        out.append(".fi\n.RE\n");
    }

    private static void section(StringBuilder out, String head, String text) {
        out.append(".SH ").append(head).append('\n');
        line(out, text);
    }

    private static void entry(StringBuilder out, String term, String meaning) {
        out.append(".TP\n.B ").append(escaped(term)).append('\n');
        line(out, meaning);
    }

    private static void line(StringBuilder out, String text) {
        String escaped = escaped(text);
        boolean request = escaped.startsWith(".") || escaped.startsWith("'");
        out.append(request ? "\\&" : "").append(escaped).append('\n');
    }

    /** A backslash begins an escape, a plain dash becomes a hyphen that cannot be copied into a shell. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("'", "\\(aq");
    }
}
