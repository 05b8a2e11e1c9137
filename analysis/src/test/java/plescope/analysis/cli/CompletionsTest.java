package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completions and the manual hold what the option tables hold; bash and man themselves are asked where there are any. */
final class CompletionsTest {
    @TempDir
    private Path folder;

    private static String script(String shell) {
        CommandLineRun run = CommandLineRun.plescope("", "completions", shell);
        assertThat(run.code()).isZero();
        return run.out();
    }

    /** What bash would offer for the last of {@code words}. */
    private List<String> offered(String... words) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        Path script = Files.writeString(folder.resolve("plescope.bash"), script("bash"));
        List<String> command = new ArrayList<>(List.of("/bin/bash", "--norc", "-c", """
                source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plescope; printf '%s\\n' "${COMPREPLY[@]}"
                """, script.toString()));
        command.addAll(List.of(words));
        return run(command);
    }

    private List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void bashOffersEveryCommandAndEveryOptionOfEach() throws IOException {
        assertThat(offered("plescope", ""))
                .containsAll(Main.COMMANDS.stream().map(Command::name).toList())
                .contains("--version", "--policies");
        for (Syntax command : Syntax.all()) {
            assertThat(offered("plescope", command.name(), "-"))
                    .as(command.name())
                    .containsExactlyInAnyOrderElementsOf(command.dashes());
        }
    }

    @Test
    void bashOffersValuesWhereTheyAreKnown() throws IOException {
        assertThat(offered("plescope", "report", "--format", "j")).containsExactly("json", "jsonl");
        assertThat(offered("plescope", "report", "burst")).containsExactly("bursts", "burst-totals");
        assertThat(offered("plescope", "synthesize", "--producer", "")).containsExactly("perf", "trace-cmd", "ftrace");
        assertThat(offered("plescope", "policies", "deb")).containsExactly("debooster");
        assertThat(offered("plescope", "tune", "--policy", "wai")).containsExactly("waitfor-oracle");
        assertThat(offered("plescope", "report", "--limit", "")).isEmpty();
        assertThat(offered("plescope", "help", "che")).containsExactly("check");
    }

    @Test
    void bashOffersFilesWhereTheyAreWanted() throws IOException {
        Files.createFile(folder.resolve("a trace.txt"));
        assertThat(offered("plescope", "read", "a")).containsExactly("a trace.txt");
        assertThat(offered("plescope", "report", "-i", "a")).containsExactly("a trace.txt");
        assertThat(offered("plescope", "--policies", "a")).containsExactly("a trace.txt");
        assertThat(offered("plescope", "--policies", "my.jar", "analy")).containsExactly("analyze");
        assertThat(offered("plescope", "--policies", "my.jar", "read", "a")).containsExactly("a trace.txt");
    }

    @Test
    void zshAndFishKnowEveryOption() {
        String zsh = script("zsh");
        String fish = script("fish");
        for (Syntax command : Syntax.all()) {
            assertThat(zsh).contains("\n                " + command.name() + ")\n");
            assertThat(fish).contains("-a " + command.name() + " -d ");
            for (String dashed : command.dashes()) {
                assertThat(section(zsh, " " + command.name() + ")\n", ";;")).contains(dashed);
                String name = dashed.startsWith("--") ? " -l " + dashed.substring(2) : " -s " + dashed.substring(1);
                assertThat(fish.lines().filter(l -> l.contains("from " + command.name() + "'")))
                        .anyMatch(line -> (line + " ").contains(name + " "));
            }
        }
    }

    private static String section(String text, String from, String to) {
        int at = text.indexOf(from);
        return text.substring(at, text.indexOf(to, at));
    }

    @Test
    void anUnknownShellGetsTheNearestName() {
        assertThat(CommandLineRun.plescope("", "completions", "bsh").err()).contains("did you mean 'bash'?");
        assertThat(CommandLineRun.plescope("", "completions").code()).isEqualTo(2);
    }

    @Test
    void theManualHasEveryCommandOptionAndExitCode() {
        String page = CommandLineRun.plescope("", "man").out();
        for (Syntax command : Syntax.all()) {
            String section = section(page + ".S", ".SS " + command.name() + "\n", "Examples:");
            for (Syntax.Item item : command.options()) {
                assertThat(section)
                        .contains(".TP\n.B " + String.join(", ", item.dashed()).replace("-", "\\-"));
            }
        }
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains(".TP\n.B " + code.code() + "\n");
        }
        assertThat(page.lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    void manPrintsTheManualWithoutComplaint() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/man")), "no man");
        Path page = Files.writeString(
                folder.resolve("plescope.1"), CommandLineRun.plescope("", "man").out());
        List<String> complaints =
                run(List.of("/bin/sh", "-c", "LC_ALL=C man -l --warnings \"$0\" 2>&1 >/dev/null", page.toString()));
        assertThat(complaints).isEmpty();
    }
}
