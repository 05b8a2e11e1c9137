package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same bytes in every file and in everything printed, however many threads work, wherever the user lives and whichever Java
 * runs the program.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SameEverywhereTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root"), "samples");
    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

    /** Replays in the order in which they were done, which differs by nature; the table made of them does not. */
    private static final Pattern WORKING_FILE = Pattern.compile(".*(\\.replays\\.csv|\\.duckdb)");

    private Path folder = Path.of("unset");
    private Map<String, String> expected = Map.of();

    @BeforeAll
    void here(@TempDir Path temporary) throws Exception {
        folder = temporary;
        expected = run("here", THIS_JAVA, 1, List.of(), Map.of());
        assertThat(expected)
                .hasSizeGreaterThan(150)
                .containsKeys("read.html", "chrome.json", "sweep.csv", "synthesized.txt");
        assertThat(expected.keySet()).noneMatch(file -> file.matches("\\d+-(?!check)\\w+-[^0]\\d*\\.out"));
    }

    /** Names of files, relative to the folder of the run, with a digest of their bytes. */
    private Map<String, String> run(
            String name, Path java, int jobs, List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        Path work = Files.createDirectory(folder.resolve(name));
        // Named alike in every run: messages tell the file.
        Path log = Files.copy(SAMPLES.resolve("linux-guests-trace-cmd/trace.txt.gz"), work.resolve("log.txt.gz"));
        List<String> command = new ArrayList<>(
                List.of(java.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EveryCommand.class.getName()));
        command.addAll(List.of(
                work.relativize(log).toString(),
                SAMPLES.resolve("scenarios/dedup.scenario").toString(),
                Integer.toString(jobs)));
        ProcessBuilder process =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        process.environment().putAll(environment);
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(said).isZero();
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!WORKING_FILE.matcher(file.toString()).matches()) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                    digests.put(work.relativize(file).toString(), HexFormat.of().formatHex(digest));
                }
            }
        }
        return digests;
    }

    @Test
    void threeThreadsInTurkeyWithALatinCharset() throws Exception {
        assertThat(run(
                        "turkey",
                        THIS_JAVA,
                        3,
                        List.of("-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-1"),
                        Map.of("TZ", "Asia/Kolkata", "LC_ALL", "C")))
                .isEqualTo(expected);
    }

    @Test
    void twoThreadsInEgyptWithArabicDigits() throws Exception {
        assertThat(run(
                        "egypt",
                        THIS_JAVA,
                        2,
                        List.of("-Duser.language=ar", "-Duser.country=EG", "-Dfile.encoding=windows-1256"),
                        Map.of("TZ", "Pacific/Chatham", "LC_ALL", "POSIX")))
                .isEqualTo(expected);
    }

    @Test
    void theNewestJavaOfThisMachine() throws Exception {
        Path newest = THIS_JAVA;
        try (Stream<Path> javas = Files.list(THIS_JAVA.toRealPath().getParent())) {
            for (Path java : javas.sorted().toList()) {
                if (feature(java) > feature(newest)) {
                    newest = java;
                }
            }
        }
        assumeTrue(feature(newest) > feature(THIS_JAVA), "no newer Java beside this one");
        assertThat(run("newest", newest, 2, List.of(), Map.of())).isEqualTo(expected);
    }

    /** Feature release of the Java in {@code home}; 0 where there is none. */
    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.exists(release)) {
            return 0;
        }
        var version = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)").matcher(Files.readString(release));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }
}
