package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where output cannot go as usual: devices, pipes, links, folders, full disks, and two who write the same. */
@EnabledOnOs(OS.LINUX)
final class OutputsTest {
    private static final Path SAMPLES = Path.of(System.getProperty("plescope.root"), "samples");
    private static final String SCENARIO =
            SAMPLES.resolve("scenarios").resolve("convoy.scenario").toString();
    private static final String LOG =
            SAMPLES.resolve("ticket-lock-ftrace").resolve("trace.txt.zst").toString();

    @TempDir
    private Path folder;

    private String expected;

    private CommandLineRun synthesize(Path output) {
        return CommandLineRun.plescope("", "synthesize", SCENARIO, "--span", "2ms", "-o", output.toString());
    }

    private static CommandLineRun read(Path output) {
        return CommandLineRun.plescope("", "read", LOG, "-o", output.toString());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @BeforeEach
    void expected() throws IOException {
        Path plain = folder.resolve("plain.txt");
        assertThat(synthesize(plain).code()).isZero();
        expected = Files.readString(plain);
        Files.delete(plain);
    }

    @Test
    void devicesAndPipesAreWrittenToAndStay() throws Exception {
        assertThat(synthesize(Path.of("/dev/null")).code()).isZero();
        assertThat(Files.readAttributes(Path.of("/dev/null"), "isOther").get("isOther"))
                .isEqualTo(true);
        CommandLineRun full = synthesize(Path.of("/dev/full"));
        assertThat(full.code()).isEqualTo(3);
        assertThat(full.err()).isEqualTo("plescope: cannot write /dev/full: No space left on device\n");

        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        AtomicReference<String> got = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                got.set(new String(Files.newInputStream(pipe).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                got.set(e.toString());
            }
        });
        reader.start();
        assertThat(synthesize(pipe).code()).isZero();
        reader.join();
        assertThat(got.get()).isEqualTo(expected);
        CommandLineRun database = read(pipe);
        assertThat(database.code()).isEqualTo(3);
        assertThat(database.err()).contains("is no file");
        assertThat(files()).containsExactly("pipe");
    }

    @Test
    void symbolicLinksStayAndWhatTheyLeadToIsReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        assertThat(synthesize(link).code()).as("a dangling link").isZero();
        Files.writeString(folder.resolve("real"), "old");
        assertThat(synthesize(link).code()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real")).hasContent(expected);

        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThat(read(loop).err()).contains("too many symbolic links");
        assertThat(files()).containsExactly("link", "loop", "real");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone/t", "file/t", "folder"})
    void wrongPlacesAreRefusedAtOnce(String place) throws IOException {
        Files.writeString(folder.resolve("file"), "mine");
        Files.createDirectory(folder.resolve("folder"));
        Path output = folder.resolve(place);
        for (CommandLineRun run : List.of(
                synthesize(output),
                read(output),
                CommandLineRun.plescope("", "sweep", LOG, "--grid", "ple_window=1024", "-o", output.toString()))) {
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err()).containsAnyOf("no such folder: ", "not a folder: ", " is a folder");
        }
        assertThat(files()).containsExactly("file", "folder");
    }

    @Test
    void aNameThatIsTooLongIsSaid() throws IOException {
        Path output = folder.resolve("x".repeat(250));
        assertThat(synthesize(output).err()).contains("File name too long");
        assertThat(read(output).err()).containsIgnoringCase("file name too long");
        assertThat(files()).isEmpty();
    }

    /** Each writes its own file aside; the last rename wins, and it wins whole. */
    @Test
    void twoWhoWriteTheSameBothFinish() throws Exception {
        Path log = folder.resolve("log.txt");
        Files.writeString(log, expected);
        Process first = ProcessRun.java(List.of(), "read", log.toString(), "-o", "t.duckdb")
                .directory(folder.toFile())
                .start();
        Process second = ProcessRun.java(List.of(), "read", log.toString(), "-o", "t.duckdb")
                .directory(folder.toFile())
                .start();
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(CommandLineRun.plescope(
                                "", "sql", folder.resolve("t.duckdb").toString(), "SELECT count(*) AS n FROM vm_exit")
                        .code())
                .isZero();
        assertThat(files()).containsExactly("log.txt", "t.duckdb");
    }

    /** Process ids say nothing across containers that share a folder; locks do. */
    @Test
    void whatSomebodyStillLocksIsNotRemoved() throws Exception {
        Path theirs = Files.writeString(folder.resolve("t.txt.partial-99999999"), "theirs");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        theirs.toString())
                .start();
        assertThat(holder.getInputStream().read()).isEqualTo('l');
        assertThat(synthesize(folder.resolve("t.txt")).code()).isZero();
        assertThat(theirs).hasContent("theirs");
        holder.destroyForcibly().waitFor();
        assertThat(synthesize(folder.resolve("t.txt")).code()).isZero();
        assertThat(theirs).doesNotExist();
    }

    /** A process that holds a lock on a file until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                file.lock();
                System.out.write('l');
                System.out.flush();
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void leftoversUnderTheNumberOfThisProcessAreNotItsOwn() throws IOException {
        Path left = folder.resolve("t.txt.partial-" + ProcessHandle.current().pid());
        Files.writeString(left, "of a container's earlier life");
        assertThat(synthesize(folder.resolve("t.txt")).code()).isZero();
        assertThat(folder.resolve("t.txt")).hasContent(expected);
        assertThat(left).doesNotExist();
    }

    /** Killed between the two renames of an export: the old one has lost its name. */
    @Test
    void anOldExportThatLostItsNameGetsItBack() throws IOException {
        Path lost = Files.createDirectory(folder.resolve("tables.old-99999999"));
        Files.writeString(lost.resolve("vm.csv"), "old");
        Path database = folder.resolve("t.duckdb");
        assertThat(read(database).code()).isZero();
        Path tables = folder.resolve("tables");
        CommandLineRun refused = CommandLineRun.plescope("", "export", database.toString(), "--csv", tables.toString());
        assertThat(refused.err()).contains("exists; --force replaces");
        assertThat(tables.resolve("vm.csv")).hasContent("old");
        assertThat(Files.exists(lost, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void aTemporaryFolderThatCannotBeWrittenIsSaid() throws Exception {
        Path nowhere = folder.resolve("gone");
        for (List<String> words :
                List.of(List.of("html", LOG, "-o", "t.html"), List.of("compare", LOG, LOG), List.of("check", LOG))) {
            Process process = ProcessRun.java(List.of("-Djava.io.tmpdir=" + nowhere), words.toArray(String[]::new))
                    .directory(folder.toFile())
                    .start();
            process.getInputStream().readAllBytes();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(3);
            assertThat(said).contains(nowhere.toString(), "TMPDIR=FOLDER");
        }
        assertThat(files()).isEmpty();
    }
}
