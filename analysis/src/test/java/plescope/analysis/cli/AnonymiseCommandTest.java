package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static plescope.analysis.cli.CommandLineRun.plescope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plescope.parser.ReadOptions;
import plescope.parser.TraceReader;
import plescope.parser.event.EventKind;
import plescope.parser.event.KvmEntry;
import plescope.parser.event.KvmExit;
import plescope.parser.event.ThreadNamed;
import plescope.parser.event.TraceEvent;

/** A shared log says the same of guests and host, and nothing of who they are. */
final class AnonymiseCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("plescope.root", ".."));
    private static final Pattern ID = Pattern.compile("(\\w*[tT]id)=(-?[0-9]+)");
    private static final Pattern RIP = Pattern.compile("guestRip=(-?[0-9]+)");
    private static final ReadOptions LENIENT = ReadOptions.LENIENT;

    /** Everything an owner would not tell: in comments, names, ids, addresses, registers, other events, prose. */
    private static final String HOSTILE = """
            # ========
            # hostname : bank-host-17
            # os release : 6.1.187-acme-secret
            # cmdline : /home/alice/bin/perf record -o /mnt/acme/x.data
            # cpuid : AuthenticAMD,25,17,1
            # ========
            Dear Bob, this is from alice@acme.example
               acme-billing  1234501/1234567 [000]   777.000010: kvm:kvm_entry: vcpu 0, rip 0xffffffff9abcdef0
               acme-billing  1234501/1234567 [000]   777.000110: kvm:kvm_exit: vcpu 0 reason pause rip 0xffffffff9abcdef0 info 0 0
               acme-billing  1234501/1234567 [000]   777.000111: kvm:kvm_msr: msr_write 4b564d01 = 0xdeadbeefcafe
               acme-billing  1234501/1234567 [000]   777.000112: kvm:kvm_msr: msr_write 6e0 = 0x1badb002f00d
               acme-billing  1234501/1234567 [000]   777.000113: kvm:kvm_hypercall: nr 0x1 a0 0xfeedface a1 0x0 a2 0x0 a3 0x0
               acme-billing  1234501/1234567 [000]   777.000114: probe:acme_secret: path="/srv/acme/ledger"
               acme-billing  1234501/1234567 [000]   777.000115: irq:irq_handler_entry: irq=33 name=acme-nic0
               acme-billing  1234501/1234567 [000]   777.000116: kvm:kvm_exit: vcpu 0 reason acme reason rip 0x7f00acab info 0 0
               acme-billing  1234501/1234567 [000]   777.000120: sched:sched_switch: prev_comm=acme-billing prev_pid=1234567 prev_prio=120 prev_state=R+ ==> next_comm=vhost-1234501 next_pid=1234599 next_prio=120
            """;

    /** A random key may by chance give digits that stand in a secret. */
    private static final String KEY = "fixed";

    private static final List<String> SECRETS = List.of(
            "acme",
            "alice",
            "bob",
            "bank",
            "1234501",
            "1234567",
            "1234599",
            "9abcdef0",
            "deadbeef",
            "1badb002",
            "feedface",
            "ledger",
            "acab",
            "777.",
            "/home",
            "/srv",
            "/mnt",
            ",25,17");

    @TempDir
    Path folder;

    static List<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("parser/src/test/resources"))) {
            logs.addAll(files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList());
        }
        logs.add(ROOT.resolve("samples/linux-guests-trace-cmd/trace.txt.gz"));
        return logs;
    }

    private Path anonymised(Path log, String... more) {
        Path shared = folder.resolve("shared.txt");
        List<String> words = new ArrayList<>(List.of("anonymise", log.toString(), "-o", shared.toString()));
        words.addAll(List.of(more));
        CommandLineRun run = plescope("", words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return shared;
    }

    private static List<TraceEvent> events(Path log) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(log, LENIENT)) {
            reader.read(events::add);
        }
        events.removeIf(event -> event.kind() == EventKind.THREAD_NAMED);
        return events;
    }

    /** Events with ids as ranks, addresses from the first of their half, and without what must go. */
    private static List<String> normal(List<TraceEvent> events) {
        TreeSet<Integer> ids = new TreeSet<>();
        TreeMap<Boolean, Long> first = new TreeMap<>();
        for (TraceEvent event : events) {
            Matcher id = ID.matcher(event.toString());
            while (id.find()) {
                ids.add(Integer.parseInt(id.group(2)));
            }
        }
        Map<Integer, Integer> ranks = new HashMap<>();
        ids.forEach(id -> ranks.put(id, ranks.size()));
        return events.stream()
                .map(event -> event.toString()
                        .replaceAll("line=[0-9]+, ", "")
                        .replaceAll("(OtherEvent.*name=)[^\\]]*", "$1")
                        .replaceAll("(MsrAccess.*index=(?!2096|2098)[0-9]+, data=)-?[0-9]+", "$1")
                        .replaceAll("a[0-3]=-?[0-9]+", ""))
                .map(text ->
                        ID.matcher(text).replaceAll(id -> id.group(1) + "#" + ranks.get(Integer.parseInt(id.group(2)))))
                .map(text -> RIP.matcher(text).replaceAll(rip -> {
                    long value = Long.parseLong(rip.group(1));
                    return value == 0 ? "0" : "+" + (value - first.computeIfAbsent(value < 0, half -> value));
                }))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("logs")
    void aSharedLogTellsTheSameEvents(Path log) throws IOException {
        Path shared = anonymised(log);
        assertThat(normal(events(shared))).isEqualTo(normal(events(log)));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void nothingIdentifyingSurvivesInRealLogs(Path log) throws IOException {
        Set<String> secrets = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        try (TraceReader reader = TraceReader.open(log, LENIENT)) {
            reader.read(event -> {
                if (event instanceof ThreadNamed named) {
                    secrets.add(named.comm());
                    ids.add(named.namedTid());
                    ids.add(named.tgid());
                } else if (event instanceof KvmExit exit) {
                    secrets.add("0x" + Long.toHexString(exit.guestRip()));
                } else if (event instanceof KvmEntry entry) {
                    secrets.add("0x" + Long.toHexString(entry.guestRip()));
                }
            });
        }
        secrets.removeIf(name -> name.matches("CPU [0-9]+/KVM|0x0|"));
        ids.removeIf(id -> id <= 0);
        String text = Files.readString(anonymised(log));
        Set<String> tokens = new HashSet<>(List.of(text.split("[\\s,=:/]+", -1)));
        assertThat(tokens).doesNotContainAnyElementsOf(secrets);
        Matcher id = Pattern.compile("(?m)pid=([0-9]+)|^.{16} +([0-9]+) |([0-9]+)/([0-9]+)$")
                .matcher(text);
        Set<Integer> printed = new HashSet<>();
        while (id.find()) {
            for (int group = 1; group <= id.groupCount(); group++) {
                if (id.group(group) != null) {
                    printed.add(Integer.parseInt(id.group(group)));
                }
            }
        }
        assertThat(printed).isNotEmpty().doesNotContainAnyElementsOf(ids);
    }

    @Test
    void nothingOfAHostileLogSurvives() throws IOException {
        Path log = Files.writeString(folder.resolve("hostile.txt"), HOSTILE);
        String text = Files.readString(anonymised(log, "--max-loss", "100", "--key", KEY))
                .toLowerCase(Locale.ROOT);
        assertThat(SECRETS).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
        assertThat(text).contains("os release : 6.1.187\n", "reason pause rip", "vhost-", "reason masked rip");
    }

    @Test
    void databasesAreSharedTheSameWay() throws IOException {
        Path log = Files.writeString(folder.resolve("hostile.txt"), HOSTILE);
        Path map = Files.writeString(folder.resolve("map.csv"), "tid,tgid,vm,vcpu\n1234567,1234501,acme-prod,0\n");
        Path symbols = Files.writeString(folder.resolve("System.map"), "ffffffff9abcde00 T acme_lock\n");
        Path database = folder.resolve("acme.duckdb");
        Path shared = folder.resolve("shared.duckdb");
        CommandLineRun read = plescope(
                "",
                "read",
                log.toString(),
                "-o",
                database.toString(),
                "--max-loss",
                "100",
                "--threads",
                map.toString(),
                "--symbols",
                symbols.toString());
        assertThat(read.code()).as(read.err()).isZero();
        CommandLineRun run = plescope("", "anonymise", database.toString(), "-o", shared.toString(), "--key", KEY);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(plescope(
                                "",
                                "export",
                                shared.toString(),
                                "--jsonl",
                                folder.resolve("all").toString())
                        .code())
                .isZero();
        // Tables print addresses and registers as signed decimals.
        List<String> secrets = new ArrayList<>(SECRETS);
        secrets.add(Long.toString(0xffffffff9abcdef0L));
        secrets.add(Long.toString(0x1badb002f00dL));
        try (Stream<Path> tables = Files.list(folder.resolve("all"))) {
            for (Path table : tables.toList()) {
                String text = Files.readString(table).toLowerCase(Locale.ROOT);
                assertThat(secrets)
                        .allSatisfy(
                                secret -> assertThat(text).as(table.toString()).doesNotContain(secret));
            }
        }
    }

    @Test
    void reportsOfASharedDatabaseAreTheSame() throws IOException {
        Path database = folder.resolve("sample.duckdb");
        Path shared = folder.resolve("shared.duckdb");
        plescope("", "read", logs().get(logs().size() - 1).toString(), "-o", database.toString());
        plescope("", "anonymise", database.toString(), "-o", shared.toString());
        for (String report : List.of("exits", "bursts", "root-causes", "yields", "continuation")) {
            String original =
                    plescope("", "report", report, "-i", database.toString()).out();
            assertThat(plescope("", "report", report, "-i", shared.toString()).out())
                    .as(report)
                    .isEqualTo(original);
            assertThat(original.lines().count()).isGreaterThan(1);
        }
    }

    @Test
    void reportsOfASharedLogAreTheSame() throws IOException {
        Path log = ROOT.resolve("samples/linux-guests-trace-cmd/trace.txt.gz");
        Path shared = anonymised(log);
        Path first = folder.resolve("first.duckdb");
        Path second = folder.resolve("second.duckdb");
        plescope("", "read", log.toString(), "-o", first.toString());
        plescope("", "read", shared.toString(), "-o", second.toString());
        for (String report : List.of("exits", "continuation", "burst-totals", "headroom")) {
            assertThat(withoutLines(report, second)).as(report).isEqualTo(withoutLines(report, first));
        }
    }

    /** Line numbers differ by the head of the log. */
    private static String withoutLines(String report, Path database) {
        String out = plescope("", "report", report, "-i", database.toString(), "--format", "csv")
                .out();
        List<String> columns = List.of(out.lines().findFirst().orElseThrow().split(",", -1));
        if (!columns.get(columns.size() - 1).equals("first_line")) {
            return out;
        }
        return out.lines()
                .map(row -> row.substring(0, row.lastIndexOf(',')) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void equalKeysGiveEqualNamesAndOthersDoNot() throws IOException {
        Path log = logs().get(0);
        String one = Files.readString(anonymised(log, "--key", "a"));
        assertThat(Files.readString(anonymised(log, "--key", "a"))).isEqualTo(one);
        assertThat(Files.readString(anonymised(log, "--key", "b"))).isNotEqualTo(one);
        assertThat(Files.readString(anonymised(log))).isNotEqualTo(one);
    }

    @Test
    void theOriginalIsNotReplaced() throws IOException {
        Path log = Files.writeString(folder.resolve("log.txt"), HOSTILE);
        assertThat(plescope("", "anonymise", log.toString(), "-o", log.toString())
                        .err())
                .contains("would replace the original");
        assertThat(plescope("", "anonymise", log.toString()).err()).contains("-o FILE");
        assertThat(Files.readString(log)).isEqualTo(HOSTILE);
    }
}
