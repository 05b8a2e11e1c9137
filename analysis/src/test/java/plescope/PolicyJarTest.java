package plescope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.analysis.cli.Main;

/** The example of {@code samples/policy-jar} as its user would build and use it: a jar on the class path of a fresh program. */
class PolicyJarTest {
    private static final Path EXAMPLE = RunFromRoot.ROOT.resolve("samples/policy-jar/src/main");
    private static final String TRACE =
            RunFromRoot.ROOT.resolve("samples/ticket-lock-ftrace/trace.txt.zst").toString();

    @TempDir
    private Path folder;

    private record Outcome(int code, String text) {}

    /** Compiles sources as strictly as plescope's own and puts them and the resources into a jar. */
    private Path jar(String name, Path sources, Path resources) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release", "17", "-Xlint:all,-processing", "-Werror", "-proc:none", "-d", classes.toString());
            assertThat(compiler.getTask(
                                    null, files, null, options, null, files.getJavaFileObjectsFromPaths(under(sources)))
                            .call())
                    .isTrue();
        }
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path root : List.of(classes, resources)) {
                for (Path file : under(root)) {
                    out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                    Files.copy(file, out);
                }
            }
        }
        return jar;
    }

    private static List<Path> under(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Its own process: the class path of this one is settled. */
    private static Outcome plescope(Path jar, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + ":" + jar,
                Main.class.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    @Test
    void theExampleBuildsIsListedReplaysAndKeepsTheContract() throws Exception {
        Path jar = jar("example", EXAMPLE.resolve("java"), EXAMPLE.resolve("resources"));
        Outcome listed = plescope(jar, "policies", "longest-waiting", "--format", "csv");
        assertThat(listed.code()).as(listed.text()).isZero();
        assertThat(listed.text().lines())
                .last()
                .isEqualTo("longest-waiting,after,1ms,0ns..1000ms,shorter waits do not count");
        Outcome checked = plescope(jar, "policies", "longest-waiting", "--check", "--format", "csv");
        assertThat(checked.code()).as(checked.text()).isZero();
        // a head, and five clauses under two schedulers, one of them with groups as well
        assertThat(checked.text().lines()).hasSize(1 + 3 * 5);
        Outcome swept = plescope(
                jar,
                "sweep",
                TRACE,
                "--grid",
                "setting=+longest-waiting{after=100us..1000ms/2}",
                "--members",
                "1",
                "--seeds",
                "2",
                "-o",
                folder.resolve("s.csv").toString(),
                "--format",
                "csv");
        assertThat(swept.code()).as(swept.text()).isZero();
        assertThat(swept.text()).contains("+longest-waiting{after=100us}", "+longest-waiting{after=1000ms}");
        assertThat(RunFromRoot.of("policies", "longest-waiting").code())
                .as("without the jar")
                .isEqualTo(2);
    }

    @Test
    void aJarThatTakesATakenNameIsRefused() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("rogue-src"));
        Files.writeString(sources.resolve("Rogue.java"), """
                import java.util.List;
                import plescope.replay.policy.*;
                public final class Rogue implements PolicyProvider {
                    @Override public List<PolicySpec> policies() {
                        return List.of(new PolicySpec("debooster", PolicySpec.Role.OTHER, "", "", List.of(), v -> new Policy() {}));
                    }
                }
                """);
        Path services = Files.createDirectories(folder.resolve("rogue-res/META-INF/services"));
        Files.writeString(services.resolve("plescope.replay.policy.PolicyProvider"), "Rogue\n");
        Path jar = jar("rogue", sources, folder.resolve("rogue-res"));
        Outcome refused = plescope(jar, "policies");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.text())
                .contains(
                        "a jar of policies cannot be used: Rogue adds a policy 'debooster', but there is one of that name")
                .doesNotContain("\tat ");
    }

    /** Whoever runs goes on for ever: the others starve, and the contract sees it. */
    @Test
    void theContractCatchesAPolicyThatBreaksIt() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("greedy-src"));
        Files.writeString(sources.resolve("Greedy.java"), """
                import java.util.List;
                import plescope.replay.policy.*;
                public final class Greedy implements PolicyProvider {
                    @Override public List<PolicySpec> policies() {
                        return List.of(new PolicySpec("greedy", PolicySpec.Role.OTHER, "", "", List.of(), v -> new Policy() {
                            @Override public int pick(int pcpu, int picked, int running) {
                                return running >= 0 ? running : picked;
                            }
                        }));
                    }
                }
                """);
        Path services = Files.createDirectories(folder.resolve("greedy-res/META-INF/services"));
        Files.writeString(services.resolve("plescope.replay.policy.PolicyProvider"), "Greedy\n");
        Outcome checked =
                plescope(jar("greedy", sources, folder.resolve("greedy-res")), "policies", "greedy", "--check");
        assertThat(checked.code()).as(checked.text()).isEqualTo(1);
        assertThat(checked.text()).contains("no: computing, ");
    }
}
