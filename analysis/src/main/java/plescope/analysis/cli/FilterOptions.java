package plescope.analysis.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import plescope.analysis.recording.TimeWindow;
import plescope.analysis.report.DatabaseNames;
import plescope.analysis.report.Report;
import plescope.analysis.report.ReportWriter;
import plescope.analysis.report.RowFilter;
import plescope.analysis.report.RowOrder;

/** Options that choose and sort rows, spelled as perf spells them: {@code --time}, {@code -C}, {@code -p}, {@code --vcpu}, {@code -k}. */
final class FilterOptions {
    private static final String TIME = "time";
    private static final String CPU = "C";
    private static final String PID = "p";
    private static final String VM = "vm";
    private static final String VCPU = "vcpu";
    private static final String SORT = "k";
    private static final String LIMIT = "limit";

    /** Parameter of most reports: a number, or a setting's text. */
    static final String RUN = "run";

    private static final String ASCENDING = ":asc";
    private static final String DESCENDING = ":desc";

    private FilterOptions() {}

    static Options addTo(Options options) {
        return addSelection(options)
                .addOption(CommonOptions.value(
                        SORT,
                        "sort",
                        "COLUMNS",
                        "sort by columns: numbers greatest first, else by name; COLUMN:asc, :desc"))
                .addOption(CommonOptions.value(LIMIT, "N", "no more rows than this"));
    }

    /** Those that choose rows. */
    static Options addSelection(Options options) {
        return options.addOption(CommonOptions.value(
                        TIME, "A,B|P%/N", "a part of the time, such as 100ms,200ms or the second tenth, 10%/2"))
                .addOption(CommonOptions.value(CPU, "cpu", "LIST", "host CPUs, such as 0,2-3"))
                .addOption(CommonOptions.value(PID, "pid", "LIST", "host threads of vCPUs, or processes of VMs"))
                .addOption(CommonOptions.value(VM, "LIST", "VMs by name"))
                .addOption(CommonOptions.value(VCPU, "LIST", "vCPUs: 1 (of every VM), 0-3 or vm1/vcpu3"));
    }

    /** What the command line chooses. @throws UsageException for what is not in the file */
    static RowFilter filter(CommandLine line, DatabaseNames names) {
        List<String> vms = list(line, VM, "VM", names.vms());
        List<String> vcpus = list(line, VCPU, "vCPU", names.vcpus());
        List<String> pids = list(line, PID, "thread or process of a vCPU", names.pids());
        List<String> pcpus = list(line, CPU, "host CPU", names.pcpus());
        TimeWindow.Stretch time = time(line, names);
        return new RowFilter(
                time.fromNs(),
                time.toNs(),
                vms,
                vcpus,
                pids.stream().map(Integer::valueOf).toList(),
                pcpus.stream().map(Integer::valueOf).toList());
    }

    /** Whether the command line names something that only a database knows. */
    static boolean needsNames(CommandLine line) {
        boolean filtered = List.of(TIME, CPU, PID, VM, VCPU).stream().anyMatch(line::hasOption);
        return filtered
                || (line.hasOption(RUN)
                        && !line.getOptionValue(RUN).strip().chars().allMatch(Character::isDigit));
    }

    /** The number of a schedule that is given by number or by setting. */
    static String run(String given, DatabaseNames names) {
        String text = given.strip();
        if (names.runs().contains(text)) {
            return text;
        }
        int at = names.settings().indexOf(text);
        if (at >= 0) {
            return names.runs().get(at);
        }
        List<String> known = new ArrayList<>();
        for (int i = 0; i < names.runs().size(); i++) {
            known.add(names.runs().get(i) + " " + names.settings().get(i));
        }
        throw new UsageException(NearestName.of(text, names.settings())
                .map(name -> "unknown run '" + text + "'; did you mean '" + name + "'?")
                .orElse("unknown run '" + text + "'; this file has: " + String.join(", ", known)));
    }

    static RowOrder order(CommandLine line, Report report) {
        List<RowOrder.Key> keys = new ArrayList<>();
        for (String word : words(line, SORT)) {
            String column = word.replaceFirst("(" + ASCENDING + "|" + DESCENDING + ")$", "");
            Report.Column known = column(report, column);
            boolean descending =
                    word.endsWith(DESCENDING) || (!word.endsWith(ASCENDING) && ReportWriter.isNumber(known.type()));
            keys.add(new RowOrder.Key(known.name(), descending));
        }
        return new RowOrder(keys);
    }

    static int limit(CommandLine line) {
        return CommonOptions.count(line, LIMIT, Integer.MAX_VALUE);
    }

    /** Names as printed; capitals do not matter, as in {@code -k samples}. */
    private static Report.Column column(Report report, String name) {
        return report.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(NearestName.complaint(
                        "column of " + report.name().text(),
                        name,
                        report.columns().stream().map(Report.Column::name).toList())));
    }

    private static TimeWindow.Stretch time(CommandLine line, DatabaseNames names) {
        if (!line.hasOption(TIME)) {
            return new TimeWindow.Stretch(RowFilter.NONE.fromNs(), RowFilter.NONE.toNs());
        }
        try {
            return TimeWindow.parse(line.getOptionValue(TIME)).within(names.firstTimestampNs(), names.spanNs() + 1);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static List<String> list(CommandLine line, String option, String what, List<String> known) {
        List<String> chosen = new ArrayList<>();
        for (String word : words(line, option)) {
            for (String name : range(word)) {
                if (!known.contains(name)) {
                    throw new UsageException(NearestName.complaint(what, name, known));
                }
                chosen.add(name);
            }
        }
        return chosen;
    }

    private static List<String> words(CommandLine line, String option) {
        String[] values = line.getOptionValues(option);
        return values == null
                ? List.of()
                : Arrays.stream(values)
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    /** {@code 2-4} is 2, 3 and 4; anything else is itself. */
    private static List<String> range(String word) {
        if (!word.matches("[0-9]{1,6}-[0-9]{1,6}")) {
            return List.of(word);
        }
        int dash = word.indexOf('-');
        int from = Integer.parseInt(word.substring(0, dash));
        int to = Integer.parseInt(word.substring(dash + 1));
        if (to < from) {
            throw new UsageException("the range " + word + " is empty");
        }
        List<String> numbers = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            numbers.add(Integer.toString(number));
        }
        return numbers;
    }
}
