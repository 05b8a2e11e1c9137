package plescope.analysis.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs nearly every command in one process and keeps what each printed beside the files that it wrote, all in the folder it is
 * started in. Words: the log, the scenario, the number of jobs.
 */
final class EveryCommand {
    private static final List<String> FORMATS = List.of("table", "csv", "json", "jsonl", "markdown");

    private EveryCommand() {}

    public static void main(String[] words) throws IOException {
        int number = 0;
        for (String[] command : commands(words[0], words[1], words[2])) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Main.run(
                    command,
                    InputStream.nullInputStream(),
                    new PrintStream(out, false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    CommandLineRun.WIDTH);
            String name = String.format(Locale.ROOT, "%03d-%s-%d", number++, command[0], code);
            Files.write(Path.of(name + ".out"), out.toByteArray());
            Files.write(Path.of(name + ".err"), err.toByteArray());
        }
    }

    private static List<String[]> commands(String log, String scenario, String jobs) {
        List<String> lines = new ArrayList<>(List.of(
                "read " + log + " -j " + jobs + " -o read.duckdb",
                "check " + log,
                "check absent.txt",
                "extract " + log + " --time 0,40ms -o work.txt",
                "replay work.txt --setting +debooster --members 2 --seeds 1 --measures -o replay.duckdb -j " + jobs,
                "sweep work.txt --grid setting=+debooster{gran=1ms..2ms*2} --members 1 --seeds 1 -o sweep.csv -j "
                        + jobs,
                "synthesize " + scenario + " --span 20ms --truth truth.csv --symbols System.map -o synthesized.txt",
                "fidelity synthesized.txt",
                "html read.duckdb -o read.html",
                "export read.duckdb --csv csv --jsonl jsonl --parquet parquet --chrome chrome.json --name log",
                "compare read.duckdb replay.duckdb",
                "anonymise " + log + " --key determinism -o anonymous.txt",
                "policies",
                "record-help",
                "man",
                "completions zsh",
                "--help"));
        for (String report : List.of("summary", "exits", "root-causes", "vcpus", "quality", "what-if", "trust")) {
            for (String format : FORMATS) {
                lines.add("report " + report + " -i replay.duckdb --format " + format);
                lines.add("report " + report + " -i read.duckdb --format " + format);
            }
        }
        return lines.stream().map(line -> line.split(" ")).toList();
    }
}
