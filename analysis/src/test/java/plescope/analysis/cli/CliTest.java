package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.replay.policy.PolicyCatalog;

/** The program as its user meets it: words in; output, messages and exit code out. */
final class CliTest {
    /** One PLE exit of vCPU 1, handled in 30 us, then an msr exit of 5 us. */
    private static final String TRACE = """
                   CPU 0/KVM   137/141   [000]   100.000010:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
                   CPU 0/KVM   137/141   [000]   100.000110:                       kvm:kvm_exit: vcpu 1 reason pause rip 0xffffffff81000080 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
                   CPU 0/KVM   137/141   [000]   100.000140:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000080
                   CPU 0/KVM   137/141   [000]   100.000190:                       kvm:kvm_exit: vcpu 1 reason msr rip 0xffffffff81000090 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000
                   CPU 0/KVM   137/141   [000]   100.000195:                      kvm:kvm_entry: vcpu 1, rip 0xffffffff81000092
            """;

    @TempDir
    private Path folder;

    private static CommandLineRun plescope(String input, String... args) {
        return CommandLineRun.of(CommandLineRun.WIDTH, input, args);
    }

    private String database() {
        String file = folder.resolve("a trace.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", file))
                .satisfies(o -> assertThat(o.err()).doesNotContain("fault in plescope"))
                .extracting(CommandLineRun::code)
                .isEqualTo(0);
        return file;
    }

    @Test
    void helpNamesEveryCommandAndEveryCommandHasHelpWithExamples() {
        CommandLineRun overview = plescope("", "--help");
        assertThat(overview.code()).isZero();
        for (Command command : Main.COMMANDS) {
            assertThat(overview.out()).contains("  " + command.name() + " ");
            CommandLineRun help = plescope("", command.name(), "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("usage: plescope " + command.name(), "examples:");
            assertThat(command.examples()).isNotEmpty().allSatisfy(e -> assertThat(e)
                    .contains("plescope " + command.name()));
        }
    }

    @Test
    void samplesThatHelpNamesExist() {
        Path root = Path.of(System.getProperty("plescope.root"));
        for (Command command : Main.COMMANDS) {
            command.examples().stream()
                    .flatMap(example -> Arrays.stream(example.split(" ", -1)))
                    .filter(word -> word.startsWith("samples/"))
                    .forEach(sample -> assertThat(root.resolve(sample)).exists());
        }
    }

    @Test
    void memoryIsASizeThatIsEnough() {
        String file = folder.resolve("m.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", file, "--memory", "200MiB")
                        .code())
                .isZero();
        assertThat(plescope("", "report", "exits", "-i", file, "--memory", "half"))
                .satisfies(o -> assertThat(o.err()).contains("such as 512MB, was 'half'"))
                .extracting(CommandLineRun::code)
                .isEqualTo(2);
        assertThat(plescope("", "report", "exits", "-i", file, "--memory", "1MB"))
                .satisfies(o -> assertThat(o.err()).contains("at least 128MB"))
                .extracting(CommandLineRun::code)
                .isEqualTo(2);
    }

    @Test
    void clocksThatCountTicksNeedTheirFrequency() {
        String file = folder.resolve("t.duckdb").toString();
        // microseconds as ticks of a 1 MHz clock
        String ticks = TRACE.replace("100.000", "100000");
        assertThat(plescope(ticks, "read", "-", "-o", file))
                .satisfies(o -> assertThat(o.err()).contains("PLE-010", "--clock-hz"))
                .extracting(CommandLineRun::code)
                .isEqualTo(3);
        assertThat(plescope(ticks, "read", "-", "-o", file, "--clock-hz", "1e6").code())
                .isZero();
        CommandLineRun word = plescope(ticks, "read", "-", "-o", file, "--clock-hz", "fast");
        assertThat(word.code()).isEqualTo(2);
        assertThat(word.err()).contains("--clock-hz must be a number of ticks per second, was 'fast'");
        assertThat(plescope(ticks, "read", "-", "-o", file, "--clock-hz", "0").err())
                .contains("must lie between 1 and 9000000000");
    }

    @Test
    void wrappedMailsAreJoinedOnDemand() {
        String file = folder.resolve("t.duckdb").toString();
        String mail = TRACE.replaceAll("(?m)^", "> ").replace(" reason ", "\n>  reason ");
        assertThat(plescope(mail, "read", "-", "-o", file).err()).contains("--rejoin");
        assertThat(plescope(mail, "read", "-", "-o", file, "--rejoin").code()).isZero();
    }

    @Test
    void versionNamesCommitLibrariesAndJava() {
        assertThat(plescope("", "--version").out())
                .matches("plescope \\d\\S+ \\(commit \\S+\\)\nDuckDB \\d.*, ANTLR \\d[^$]*\nJava \\d.*\n");
    }

    @Test
    void unknownOptionsGetTheNearestRightOne() {
        assertThat(plescope("", "report", "exits", "--fromat", "csv").err())
                .startsWith("plescope: unknown option '--fromat'; did you mean '--format'?\n");
        assertThat(plescope("", "read", "x", "--ouptut=y").err()).contains("did you mean '--output'?");
        assertThat(plescope("", "read", "--qwertyuiop").err())
                .startsWith("plescope: unknown option '--qwertyuiop'\nhelp: plescope read --help");
        assertThat(plescope("", "report", "exits", "--format", "cvs").err()).contains("did you mean 'csv'?");
        assertThat(plescope("", "synthesize", "x", "--producer", "prf").code()).isNotZero();
    }

    @Test
    void helpOfACommandIsItsHelp() {
        assertThat(plescope("", "help", "read")).isEqualTo(plescope("", "read", "--help"));
        assertThat(plescope("", "help", "raed").err()).contains("did you mean 'read'?");
    }

    @Test
    void headsAreBoldWhereAskedAlone() {
        assertThat(plescope("", "policies", "--color", "always").out()).startsWith("\033[1mpolicy ");
        assertThat(plescope("", "policies").out()).startsWith("policy ").doesNotContain("\033");
        assertThat(plescope("", "policies", "--color", "alwyas"))
                .satisfies(o -> assertThat(o.code()).isEqualTo(2))
                .satisfies(o -> assertThat(o.err()).contains("did you mean 'always'?"));
        // control sequences in a file for a machine would be wrong data
        assertThat(plescope("", "policies", "--color", "always", "--format", "csv")
                        .out())
                .doesNotContain("\033");
    }

    @Test
    void wrongWordsGetTheNearestRightOne() {
        assertThat(plescope("", "raed"))
                .isEqualTo(new CommandLineRun(
                        2, "", "plescope: unknown command 'raed'; did you mean 'read'?\nhelp: plescope --help\n"));
        assertThat(plescope("", "report", "exit").err()).contains("did you mean 'exits'?");
        assertThat(plescope("", "report", "exits", "--fromat", "csv").code()).isEqualTo(2);
        assertThat(plescope("", "report", "exits", "--format", "xml").code()).isEqualTo(2);
        assertThat(plescope("", "report").err()).contains("summary, exits, bursts");
        assertThat(plescope("").code()).isEqualTo(2);
    }

    @Test
    void bothParsersGiveTheSameReport() {
        String stock = folder.resolve("stock.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", stock, "--parser", "stock")
                        .code())
                .isZero();
        assertThat(plescope("", "report", "exits", "-i", stock, "--format", "csv")
                        .out())
                .contains("pause")
                .isEqualTo(plescope("", "report", "exits", "-i", database(), "--format", "csv")
                        .out());
        assertThat(plescope(TRACE, "read", "-", "-o", stock, "--parser", "fast"))
                .satisfies(o -> assertThat(o.code()).isEqualTo(2))
                .satisfies(o -> assertThat(o.err()).contains("stock or compiled, was 'fast'"));
    }

    @Test
    void unusableInputsGiveThree() throws IOException {
        assertThat(plescope("", "report", "exits", "-i", folder.resolve("none").toString()))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err()).contains("no such database", "plescope read"));
        Path binary =
                Files.write(folder.resolve("perf.data"), new byte[] {'P', 'E', 'R', 'F', 'I', 'L', 'E', '2', 0, 1});
        assertThat(plescope(
                        "",
                        "read",
                        binary.toString(),
                        "-o",
                        folder.resolve("o.duckdb").toString()))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(o -> assertThat(o.err()).contains("perf script"));
        assertThat(folder.resolve("o.duckdb")).doesNotExist();
        assertThat(plescope("", "read", folder.resolve("absent.txt").toString()).code())
                .isEqualTo(3);
    }

    @Test
    void exitsOfATraceReadFromStandardInput() {
        assertThat(plescope("", "report", "exits", "-i", database(), "--format", "csv"))
                .extracting(CommandLineRun::code, CommandLineRun::out)
                .containsExactly(0, """
                        VM-EXIT,Samples,Samples%,Time%,Min Time,Max Time,Avg time,+- stddev%
                        msr,1,50,14.29,5,5,5,0
                        pause,1,50,85.71,30,30,30,0
                        """.replace("\n", "\r\n"));
    }

    @Test
    void analyzePrintsTheMainReports() {
        CommandLineRun outcome =
                plescope(TRACE, "analyze", "-", "-o", folder.resolve("x.duckdb").toString());
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("== summary", "== root-causes", "== bursts", "== hotspots", "== vcpus");
    }

    @Test
    void shownSqlGivesTheSameAnswer() {
        String database = database();
        String sql = plescope("", "report", "exits", "--run", "0", "--show-sql").out();
        assertThat(plescope(sql, "sql", database, "-", "--format", "json").out())
                .isEqualTo(plescope("", "report", "exits", "-i", database, "--format", "json")
                        .out())
                .contains("\"VM-EXIT\": \"pause\"");
    }

    @Test
    void faultySqlIsShownWithItsPlace() {
        CommandLineRun outcome = plescope("", "sql", ":memory:", "SELECT nothing FROM vm");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("\"nothing\" not found", "LINE 1:", "^");
    }

    @Test
    void policiesListsTheCatalog() {
        String csv = plescope("", "policies", "--format", "csv").out();
        assertThat(csv.lines()).hasSize(1 + PolicyCatalog.list().size());
        assertThat(csv).contains("debooster,yield,gran,").contains("waitfor-oracle,bound,,");
    }

    @Test
    void policiesTellsWhatAPolicyIsTunedWith() {
        assertThat(plescope("", "policies", "ple-sleep", "p2024", "wl-v3", "--format", "csv")
                        .out()
                        .lines())
                .contains(
                        "policy,parameter,default,range,meaning",
                        "p2009,sleep,100us,1us..10ms,how long a spinner sleeps",
                        "p2024,lastBoostedBug,auto,auto..1,\"1 stores the loop offset (6.13 to 6.18), 0 the index\"",
                        "wl-v3,kappa,1,0..4,base slices of margin at depth 8");
        assertThat(plescope("", "policies", "deboster").err()).contains("did you mean 'debooster'?");
    }

    @Test
    void threadMapNamesTheVms() throws IOException {
        Path map = Files.writeString(folder.resolve("t.csv"), "vm,vcpu,tid,tgid\nalpha,5,141,137\n");
        String file = folder.resolve("m.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", file, "--threads", map.toString())
                        .code())
                .isZero();
        assertThat(plescope("", "sql", file, "SELECT label FROM v_vcpu", "--format", "csv")
                        .out())
                .isEqualTo("label\r\nalpha/vcpu5\r\n");

        Files.writeString(map, "vm,vcpu,tid,tgid\nalpha,five,141,137\n");
        assertThat(plescope(TRACE, "read", "-", "-o", file, "--threads", map.toString()))
                .satisfies(o -> assertThat(o.code()).isEqualTo(3))
                .satisfies(
                        o -> assertThat(o.err()).contains("t.csv:2: thread map: vcpu must be a number, found 'five'"));
        Files.writeString(map, "name,number\nalpha,5\n");
        assertThat(plescope(TRACE, "read", "-", "-o", file, "--threads", map.toString())
                        .err())
                .contains("the columns must be tid, tgid, vm and vcpu");
    }

    @Test
    void symbolsNameTheHotspots() throws IOException {
        Path symbols = Files.writeString(folder.resolve("System.map"), "ffffffff81000070 T my_spin_lock\n");
        String file = folder.resolve("s.duckdb").toString();
        assertThat(plescope(TRACE, "read", "-", "-o", file, "--symbols", symbols.toString())
                        .code())
                .isZero();
        assertThat(plescope("", "report", "hotspots", "-i", file, "--format", "csv")
                        .out())
                .contains(",my_spin_lock,1,100,");
    }

    @Test
    void analyzeSaysHowToGoOn() {
        String file = folder.resolve("my host.duckdb").toString();
        CommandLineRun outcome = plescope(TRACE, "analyze", "-", "-o", file);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("written: " + file, "plescope report bursts -i '" + file + "'", "duckdb '" + file + "' -c");
        assertThat(plescope("", "sql", file, "FROM ple_burst(run := 0, max_gap_us := 100, min_exits := 3)"))
                .extracting(CommandLineRun::code)
                .isEqualTo(0);
    }

    /** Eleven addresses spin; analyze prints ten of them. */
    @Test
    void analyzePrintsTheWorstTenAndCountsTheRest() {
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            trace.append(TRACE.lines()
                    .limit(2)
                    .collect(Collectors.joining("\n", "", "\n"))
                    .replace("100.0001", "100.00" + (20 + i))
                    .replace("100.0000", "100.00" + (19 + i))
                    .replace("0xffffffff81000080", "0xffffffff810000" + (60 + i)));
        }
        CommandLineRun outcome = plescope(
                trace.toString(),
                "analyze",
                "-",
                "-o",
                folder.resolve("t.duckdb").toString());
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("and 1 more: plescope report hotspots -i ");
        assertThat(outcome.out().lines().filter(l -> l.contains("0xffffffff810000")))
                .hasSize(10);
    }

    @Test
    void replayPrintsTheWhatIfTableAlone() {
        String file = folder.resolve("r.duckdb").toString();
        CommandLineRun outcome = plescope(
                TRACE,
                "replay",
                "-",
                "-o",
                file,
                "--recorded",
                "cfs-6.1+p2019",
                "--setting",
                "cfs-6.1+no-ple",
                "--seed",
                "7",
                "--format",
                "csv");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines().skip(1).map(l -> l.substring(0, l.indexOf(",vm"))))
                .containsExactly("cfs-6.1+p2019", "cfs-6.1+no-ple", "cfs-6.1+waitfor-oracle");
        assertThat(outcome.err()).endsWith("written: " + file + "\n");
        assertThat(plescope("", "report", "what-if", "-i", file, "--format", "csv")
                        .out())
                .isEqualTo(outcome.out());
    }

    @Test
    void anUnknownPolicyGetsTheNearestName() {
        assertThat(plescope(TRACE, "replay", "-", "--setting", "cfs-6.1+p2019+debuster"))
                .satisfies(o -> assertThat(o.code()).isEqualTo(2))
                .satisfies(o -> assertThat(o.err()).contains("debuster", "debooster", "help: plescope replay --help"));
        assertThat(plescope(TRACE, "replay", "-", "--seed", "x").code()).isEqualTo(2);
    }

    @Test
    void aMissingLogAndAFolderAreRefusedWithWhatToDo() {
        String absent = folder.resolve("absent.txt").toString();
        assertThat(plescope("", "analyze", absent))
                .isEqualTo(new CommandLineRun(
                        3, "", absent + ": error PLE-002: there is no such file\n  hint: check the path\n"));
        assertThat(plescope("", "analyze", folder.toString()))
                .isEqualTo(new CommandLineRun(
                        3, "", folder + ": error PLE-003: this is a directory\n  hint: name the log inside it\n"));
    }
}
