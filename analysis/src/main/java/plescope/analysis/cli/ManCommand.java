package plescope.analysis.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code plescope man}: the manual page, made of the same tables as {@code --help}. */
final class ManCommand implements Command {
    @Override
    public String name() {
        return "man";
    }

    @Override
    public String summary() {
        return "print the manual page";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public List<String> examples() {
        return List.of("plescope man | man -l -", "plescope man > ~/.local/share/man/man1/plescope.1");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp();
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("man takes no words; of one command: plescope "
                    + line.getArgList().get(0) + " --help");
        }
        terminal.out().print(ManPage.text(Syntax.all(), Version.read().number()));
        return ExitCode.DONE;
    }
}
