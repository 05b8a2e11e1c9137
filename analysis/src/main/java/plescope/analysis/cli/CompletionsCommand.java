package plescope.analysis.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code plescope completions}: what a shell needs to complete command lines. */
final class CompletionsCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public String name() {
        return "completions";
    }

    @Override
    public String summary() {
        return "print the completions of a shell";
    }

    @Override
    public String arguments() {
        return "bash|zsh|fish";
    }

    @Override
    public List<String> words() {
        return SHELLS;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "eval \"$(plescope completions bash)\"",
                "plescope completions zsh > ~/.zfunc/_plescope",
                "plescope completions fish > ~/.config/fish/completions/plescope.fish");
    }

    @Override
    public Options options(List<String> words) {
        return CommonOptions.withHelp();
    }

    @Override
    public ExitCode run(CommandLine line, Terminal terminal) {
        if (line.getArgList().size() != 1) {
            throw new UsageException("which shell? known are: " + String.join(", ", SHELLS));
        }
        String shell = line.getArgList().get(0);
        terminal.out()
                .print(
                        switch (shell) {
                            case "bash" -> BashCompletion.script(Syntax.all());
                            case "zsh" -> ZshCompletion.script(Syntax.all());
                            case "fish" -> FishCompletion.script(Syntax.all());
                            default -> throw new UsageException(NearestName.complaint("shell", shell, SHELLS));
                        });
        return ExitCode.DONE;
    }
}
