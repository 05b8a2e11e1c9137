package plescope.analysis.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line that writes files.
 *
 * @param words without the folder of its inputs, which {@code {in}} stands for
 * @param targets what it writes, in the folder it runs in
 * @param journal file it keeps while it works, null for none
 */
record KilledCommand(String name, List<String> words, List<String> targets, String journal) {
    private static final String LOG = "{in}/trace.txt.zst";
    private static final String DATABASE = "{in}/trace.duckdb";

    /** Every command that writes, and one that makes temporary databases only. */
    static List<KilledCommand> all() {
        return List.of(
                of("read", List.of("t.duckdb"), "read", LOG, "-o", "t.duckdb"),
                of("analyze", List.of("t.duckdb", "t.html"), "analyze", LOG, "-o", "t.duckdb"),
                sweep(),
                of("export-csv", List.of("tables"), "export", DATABASE, "--csv", "tables", "--force"),
                of("export-parquet", List.of("tables"), "export", DATABASE, "--parquet", "tables", "--force"),
                of("export-chrome", List.of("t.json.gz"), "export", LOG, "--chrome", "t.json.gz"),
                tune(),
                of("html", List.of("t.html"), "html", LOG, "-o", "t.html"),
                of(
                        "synthesize",
                        List.of("t.txt", "truth.csv"),
                        "synthesize",
                        "{in}/convoy.scenario",
                        "-o",
                        "t.txt",
                        "--truth",
                        "truth.csv"),
                of("extract", List.of("work.zst"), "extract", LOG, "-o", "work.zst"),
                of("anonymise", List.of("t.txt.zst"), "anonymise", LOG, "-o", "t.txt.zst", "--key", "k"),
                of("compare", List.of(), "compare", LOG, LOG));
    }

    private static KilledCommand of(String name, List<String> targets, String... words) {
        return new KilledCommand(name, List.of(words), targets, null);
    }

    /** One replay at a time: its journal is the same each time, too. */
    private static KilledCommand sweep() {
        List<String> words = List.of(
                "sweep",
                LOG,
                "--grid",
                "setting=+debooster{gran=1ms..20ms/20}",
                "--seeds",
                "2",
                "--members",
                "1",
                "-j",
                "1",
                "-o",
                "t.csv");
        return new KilledCommand("sweep", words, List.of("t.csv"), "t.csv.replays.csv");
    }

    private static KilledCommand tune() {
        List<String> words = List.of(
                "tune",
                LOG,
                "--policy",
                "debooster",
                "--seeds",
                "2",
                "--members",
                "1",
                "--cells",
                "40",
                "-j",
                "1",
                "--journal",
                "t.replays.csv");
        return new KilledCommand("tune", words, List.of(), "t.replays.csv");
    }

    List<String> words(Path inputs) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.replace("{in}", inputs.toString())));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
