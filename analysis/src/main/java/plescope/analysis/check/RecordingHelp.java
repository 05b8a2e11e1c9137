package plescope.analysis.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;

/** How to record what a report answers; what {@code check} says of a log that lacks something, before there is one. */
public final class RecordingHelp {
    private static final String TEXT = "VARCHAR";

    private RecordingHelp() {}

    /** One row per question. */
    public static ReportTable questions() {
        List<List<Object>> rows = new ArrayList<>();
        for (Answer answer : Answer.ALL) {
            rows.add(List.of(
                    answer.question(),
                    String.join(", ", answer.all()),
                    names(needed(answer, true)),
                    names(needed(answer, false))));
        }
        return new ReportTable(
                List.of(
                        new Column("question", TEXT),
                        new Column("reports", TEXT),
                        new Column("needs", TEXT),
                        new Column("better_with", TEXT)),
                rows);
    }

    /** Lines to print: commands and sizes for reports; for all of plescope where none is named, or one that needs everything. */
    public static List<String> commands(Collection<String> reports) {
        Set<Tracepoint> tracepoints = EnumSet.noneOf(Tracepoint.class);
        for (String report : reports) {
            Set<Tracepoint> needed = EnumSet.noneOf(Tracepoint.class);
            Answer.ALL.stream().filter(answer -> answer.all().contains(report)).forEach(answer -> {
                needed.addAll(needed(answer, true));
                needed.addAll(needed(answer, false));
            });
            tracepoints.addAll(needed.isEmpty() ? EnumSet.allOf(Tracepoint.class) : needed);
        }
        return lines(new RecordingCommands(tracepoints.isEmpty() ? EnumSet.allOf(Tracepoint.class) : tracepoints));
    }

    private static List<String> lines(RecordingCommands commands) {
        List<String> lines = new ArrayList<>();
        lines.add("# perf: rings of 16 MiB per CPU, emptied while it records; log of nanoseconds with process ids");
        lines.add(commands.perf());
        lines.add("");
        lines.add("# trace-cmd: 64 MiB per CPU");
        lines.add(commands.traceCmd());
        lines.add("");
        lines.add("# no tool but a shell (root): 64 MiB per CPU, the oldest events go where that is full");
        lines.addAll(commands.ftrace());
        lines.add("");
        lines.add("# size: " + commands.size());
        lines.add("# of your own host, without recording: " + commands.count());
        return lines;
    }

    private static Set<Tracepoint> needed(Answer answer, boolean essential) {
        return answer.needs().stream()
                .filter(need -> need.essential() == essential)
                .map(Answer.Need::tracepoint)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Tracepoint.class)));
    }

    private static String names(Set<Tracepoint> tracepoints) {
        return tracepoints.stream().map(Tracepoint::label).collect(Collectors.joining(", "));
    }
}
