package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends a command by a signal at moments drawn from a seed, again and again in one folder, and looks at what is left after each; in the
 * end runs it whole. The moments cover the whole run, half of them its last fifth, where names are given.
 */
final class Killing {
    private static final int FINISHED = 0;
    /** Moments are counted in waits of this length, not measured: nothing here depends on how fast the machine is. */
    private static final long STEP_MS = 5;

    /** The stock driver unpacks its library at every start; the program has it beside its jar. */
    private static final String DRIVER = "tmp/libduckdb_java";

    /** Somebody's own files, whose names come near to ours; process 1 lives. */
    private static final List<String> FOREIGN = List.of(
            "t.duckdb.partial-notes",
            "t.duckdb.partial-1",
            "t.txt.partial-1",
            "t.html.partial-1",
            "tables.partial-1",
            "t.txt.old",
            "other.partial-99999999",
            "tmp/plescope-2024",
            "tmp/plescope-duckdb-mine");

    private final KilledCommand command;
    private final String signal;
    private final boolean old;
    private final Path inputs;
    private final Path folder;
    private final Map<String, String> before = new HashMap<>();
    private final Map<String, String> whole = new HashMap<>();
    private final Map<String, Integer> phases = new TreeMap<>();
    private String wholeJournal;
    private int length;

    /** @param old whether the targets exist already */
    Killing(KilledCommand command, String signal, boolean old, Path inputs, Path folder) {
        this.command = command;
        this.signal = signal;
        this.old = old;
        this.inputs = inputs;
        this.folder = folder;
    }

    /** How many kills met the command in which phase. */
    Map<String, Integer> run(int kills, long seed) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("tmp"));
        measure();
        for (String foreign : FOREIGN) {
            Files.writeString(folder.resolve(foreign), "mine");
        }
        reset();
        SplittableRandom random = new SplittableRandom(seed);
        for (int kill = 0; kill < kills; kill++) {
            double moment = kill % 2 == 0 ? random.nextDouble() * 1.05 : 0.8 + random.nextDouble() * 0.25;
            kill((int) (moment * length));
        }
        completeRun();
        return phases;
    }

    private Process start() throws IOException {
        return ProcessRun.java(
                        List.of("-Djava.io.tmpdir=" + folder.resolve("tmp"), "-XX:+UseSerialGC", "-Xshare:auto"),
                        command.words(inputs).toArray(String[]::new))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(messages().toFile())
                .start();
    }

    private Path messages() {
        return folder.resolve("messages");
    }

    private void measure() throws IOException, InterruptedException {
        reset();
        Process process = start();
        length = await(process, Integer.MAX_VALUE) + 1;
        assertThat(process.waitFor()).as(Files.readString(messages())).isZero();
        for (String target : command.targets()) {
            whole.put(target, WrittenState.of(folder.resolve(target)));
        }
        wholeJournal = journal();
        assertThat(leftovers()).isEmpty();
    }

    /** Waits this many steps, or until the process ends; how many it waited. */
    private static int await(Process process, int steps) throws InterruptedException {
        int waited = 0;
        while (waited < steps && !process.waitFor(STEP_MS, TimeUnit.MILLISECONDS)) {
            waited++;
        }
        return waited;
    }

    private void reset() throws IOException {
        for (String target : command.targets()) {
            Path path = folder.resolve(target);
            if (old) {
                WrittenState.age(path, target.equals("tables"));
            } else {
                WrittenState.clear(path);
            }
            before.put(target, WrittenState.of(path));
        }
        if (command.journal() != null) {
            Files.deleteIfExists(folder.resolve(command.journal()));
        }
    }

    private String journal() throws IOException {
        Path journal = command.journal() == null ? null : folder.resolve(command.journal());
        return journal == null || !Files.exists(journal) ? "" : Files.readString(journal);
    }

    private void kill(int steps) throws IOException, InterruptedException {
        String done = journal();
        Process process = start();
        int waited = await(process, steps);
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        int code = process.waitFor();
        List<String> left = leftovers();
        String phase = phase(code, left, process.pid());
        phases.merge(phase, 1, Integer::sum);
        String moment = phase + ", step " + waited + " of " + length + ", left " + left;
        boolean moving = left.stream().anyMatch(name -> name.endsWith(".old-" + process.pid()));
        for (String target : command.targets()) {
            String state = WrittenState.of(folder.resolve(target));
            if (moving && state.equals(WrittenState.ABSENT)) {
                assertThat(folder.resolve(target + ".old-" + process.pid()))
                        .as(moment)
                        .exists();
                continue;
            }
            assertThat(state).as("%s after %s", target, moment).isIn(before.get(target), whole.get(target));
        }
        // No whole replay is lost or made again: what was there stays, and what comes is what an undisturbed run
        // writes.
        assertThat(wholeJournal).as(moment).startsWith(journal());
        assertThat(journal().length()).as(moment).isGreaterThanOrEqualTo(lastWhole(done));
        foreignFilesAreUntouched();
        if (!signal.equals("KILL")) {
            ended(code, left, moment);
        }
        adapt(code, waited, left);
        if (code == FINISHED) {
            assertThat(left).as(moment).isEmpty();
            assertThat(journal()).isEqualTo(wholeJournal);
            reset();
        }
    }

    /** Other work on the machine makes runs shorter and longer. */
    private void adapt(int code, int waited, List<String> left) {
        if (code == FINISHED) {
            length = waited + 1;
        } else if (left.isEmpty() && waited > length / 2) {
            length += length / 5;
        }
    }

    /** Bytes up to the last line's end; what follows was torn off. */
    private static int lastWhole(String journal) {
        // Three rows per replay, host and two VMs, after a head of four.
        List<String> lines = journal.lines().toList();
        int torn = Math.floorMod(lines.size() - 4, 3) + (journal.endsWith("\n") ? 0 : 3);
        return lines.stream()
                .limit(Math.max(0, lines.size() - torn))
                .mapToInt(line -> line.length() + 1)
                .sum();
    }

    private String phase(int code, List<String> left, long pid) throws IOException {
        if (code == FINISHED) {
            return "finished";
        }
        for (String target : command.targets()) {
            if (WrittenState.of(folder.resolve(target)).equals(whole.get(target))) {
                return "published";
            }
        }
        return left.stream().anyMatch(name -> name.contains("-" + pid)) ? "writing" : "before or between";
    }

    /** A signal that can be handled leaves one sentence and no file. */
    private void ended(int code, List<String> left, String moment) throws IOException {
        assertThat(left).as(moment).isEmpty();
        assertThat(code)
                .as(moment)
                .isIn(FINISHED, 128 + Map.of("INT", 2, "TERM", 15, "HUP", 1).get(signal));
        String said = Files.readString(messages(), StandardCharsets.UTF_8);
        // None where Java itself was still starting.
        assertThat(said).doesNotContain("fault in plescope", "Exception");
        int first = said.indexOf("plescope: ");
        assertThat(first < 0 || said.endsWith("plescope: interrupted\n"))
                .as(said)
                .isTrue();
        assertThat(said.lastIndexOf("plescope: ")).as(said).isEqualTo(first);
    }

    private void completeRun() throws IOException, InterruptedException {
        Process process = start();
        assertThat(process.waitFor()).as(Files.readString(messages())).isZero();
        for (String target : command.targets()) {
            assertThat(WrittenState.of(folder.resolve(target))).as(target).isEqualTo(whole.get(target));
        }
        assertThat(journal()).isEqualTo(wholeJournal);
        assertThat(leftovers()).as("after the next start").isEmpty();
        foreignFilesAreUntouched();
    }

    /** Names in the folder and the temporary one that are neither outputs nor somebody's. */
    private List<String> leftovers() throws IOException {
        List<String> left = new ArrayList<>();
        for (Path place : List.of(folder, folder.resolve("tmp"))) {
            try (Stream<Path> entries = Files.list(place)) {
                entries.map(entry -> folder.relativize(entry).toString())
                        .filter(name -> !name.startsWith(DRIVER)
                                && !command.targets().contains(name)
                                && !name.equals(command.journal())
                                && !name.equals("tmp")
                                && !name.equals("messages")
                                && !FOREIGN.contains(name))
                        .forEach(left::add);
            }
        }
        return left;
    }

    private void foreignFilesAreUntouched() throws IOException {
        for (String foreign : FOREIGN) {
            assertThat(folder.resolve(foreign)).hasContent("mine");
        }
    }
}
