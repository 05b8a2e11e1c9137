package plescope.analysis.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.ReportTable.Column;
import plescope.analysis.store.ReportNeed;
import plescope.parser.KernelHints;
import plescope.parser.ReadSummary;
import plescope.replay.timeline.TimelineSummary;

/** What is to be said of one log, as tables. */
public final class TraceCheck {
    private static final String TEXT = "VARCHAR";

    private final ReadSummary summary;
    private final TimelineSummary timeline;
    private final TraceAudit audit;
    private final List<Finding> findings;

    public TraceCheck(ReadSummary summary, TimelineSummary timeline, TraceAudit audit) {
        this.summary = summary;
        this.timeline = timeline;
        this.audit = audit;
        this.findings = new Findings(summary, timeline, audit).all();
    }

    /** Whether nothing is damaged or lost. */
    public boolean clean() {
        return findings.stream().allMatch(finding -> finding.grade() == Finding.Grade.NOTE);
    }

    /** Whether no report lacks anything. */
    public boolean complete() {
        return lacking().isEmpty();
    }

    /** Where the log is from. */
    public ReportTable log() {
        KernelHints kernel = summary.kernel();
        List<List<Object>> rows = new ArrayList<>();
        fact(rows, "source", summary.source());
        fact(rows, "producer", summary.format().label());
        fact(rows, "virtualisation", summary.isa().name());
        fact(rows, "kernel", kernel(kernel));
        fact(rows, "clock", LogClock.name(summary));
        fact(rows, "clock resolution", LogClock.resolution(summary));
        fact(rows, "clock at first event", decimal(summary.firstTimestampNs() / 1e9, 6) + " s");
        fact(rows, "span", decimal(summary.spanNs() / 1e6, 3) + " ms");
        fact(rows, "lines", Long.toString(summary.lines()));
        fact(rows, "events", Long.toString(summary.eventCount()));
        fact(rows, "host CPUs with events", Integer.toString(audit.cpus().size()));
        fact(
                rows,
                "VMs, vCPUs",
                timeline.roster().vms().size() + ", "
                        + timeline.roster().vcpus().size());
        fact(rows, "PLE exits", Long.toString(audit.pauseExits()));
        return new ReportTable(List.of(new Column("fact", TEXT), new Column("value", TEXT)), rows);
    }

    private static String kernel(KernelHints kernel) {
        if (kernel.release() != null) {
            return kernel.release();
        }
        String from = kernel.atLeast() == null ? "" : kernel.atLeast() + " or later";
        String to = kernel.before() == null ? "" : "before " + kernel.before();
        String bounds = from + (from.isEmpty() || to.isEmpty() ? "" : ", ") + to;
        return bounds.isEmpty() ? "not stated in the log" : bounds + " (by spelling)";
    }

    private static void fact(List<List<Object>> rows, String name, String value) {
        rows.add(List.of(name, value));
    }

    /** Counts per tracepoint, most frequent first. */
    public ReportTable events() {
        double seconds = Math.max(1, summary.spanNs()) / 1e9;
        List<List<Object>> rows = new ArrayList<>();
        for (Map.Entry<String, Long> event : summary.events().entrySet()) {
            boolean used = Arrays.stream(Tracepoint.values()).anyMatch(t -> t.count(Map.of(event.getKey(), 1L)) > 0);
            rows.add(List.of(
                    event.getKey(),
                    event.getValue(),
                    Math.round(event.getValue() / seconds),
                    used ? "yes" : "counted"));
        }
        return new ReportTable(
                List.of(
                        new Column("tracepoint", TEXT),
                        new Column("events", "BIGINT"),
                        new Column("per_s", "BIGINT"),
                        new Column("used", TEXT)),
                rows);
    }

    /** What each host CPU recorded. */
    public ReportTable cpus() {
        List<List<Object>> rows = new ArrayList<>();
        for (CpuTrail cpu : audit.cpus()) {
            rows.add(List.of(
                    cpu.cpu(),
                    decimal(cpu.firstNs() / 1e9, 6),
                    decimal(cpu.lastNs() / 1e9, 6),
                    cpu.events(),
                    cpu.lost(),
                    cpu.crossings(),
                    cpu.unpaired(),
                    cpu.stepsBack()));
        }
        return new ReportTable(
                List.of(
                        new Column("cpu", "INTEGER"),
                        new Column("first_s", TEXT),
                        new Column("last_s", TEXT),
                        new Column("events", "BIGINT"),
                        new Column("lost", "BIGINT"),
                        new Column("entries_exits", "BIGINT"),
                        new Column("unpaired", "BIGINT"),
                        new Column("clock_steps_back", "BIGINT")),
                rows);
    }

    /** What is damaged, lost or worth knowing, worst first. */
    public ReportTable findings() {
        List<List<Object>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(List.of(
                    finding.grade().name().toLowerCase(Locale.ROOT),
                    finding.code(),
                    finding.count(),
                    finding.where(),
                    finding.meaning(),
                    finding.remedy()));
        }
        return new ReportTable(
                List.of(
                        new Column("grade", TEXT),
                        new Column("finding", TEXT),
                        new Column("count", "BIGINT"),
                        new Column("where", TEXT),
                        new Column("meaning", TEXT),
                        new Column("remedy", TEXT)),
                rows);
    }

    /** One row per report and tracepoint it lacks. */
    public ReportTable lack() {
        return new ReportTable(
                List.of(
                        new Column("report", TEXT),
                        new Column("answer", TEXT),
                        new Column("lacks", TEXT),
                        new Column("cannot_know", TEXT)),
                lacking());
    }

    private List<List<Object>> lacking() {
        List<List<Object>> rows = new ArrayList<>();
        for (Answer answer : Answer.ALL) {
            for (Answer.Need need : answer.needs()) {
                if (need.tracepoint().count(summary.events()) == 0
                        && (audit.halts() > 0 || !need.tracepoint().whenHalting())) {
                    rows.add(List.of(
                            answer.reports(),
                            need.essential() ? "none" : "partial",
                            need.tracepoint().label(),
                            need.unknown()));
                }
            }
        }
        boolean exits = Tracepoint.KVM_EXIT.count(summary.events()) > 0;
        if (exits && audit.pauseExits() == 0) {
            rows.add(List.of(
                    "bursts, hotspots, root-causes, yields",
                    "none",
                    "PLE exits",
                    "who spins: PLE was off, unsupported, or nobody spun longer than a window"));
        }
        return rows;
    }

    /** Where nobody sleeps, nothing tells of waking, whatever was recorded. */
    /** What each report needs, for databases to say what theirs lack. */
    public static List<ReportNeed> needs() {
        return Answer.asStored();
    }

    /** Commands that record what is lacking, and how much they write. */
    public List<String> advice() {
        return new RecordingAdvice(summary).lines();
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
