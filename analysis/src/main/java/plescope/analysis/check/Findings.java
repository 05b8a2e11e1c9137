package plescope.analysis.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import plescope.analysis.check.Finding.Grade;
import plescope.parser.ReadSummary;
import plescope.parser.TraceFormat;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticCode;
import plescope.parser.diagnostic.Severity;
import plescope.parser.event.EventsLost;
import plescope.replay.model.Roster;
import plescope.replay.timeline.TimelineSummary;

/** Judges what reading, the audit and the timeline found. */
final class Findings {
    /** A CPU that falls silent this share of the span before the others, or comes in so much later, is conspicuous [I]. */
    private static final double EDGE = 0.1;

    /** Shorter stretches are what idle CPUs do. */
    private static final long EDGE_NS = 10_000_000;

    /** A silence this many times the usual distance between two events is no chance [I]. */
    private static final long SILENCE = 1_000;

    private static final long SILENCE_NS = 100_000_000;

    /** By then perf has switched all events on, on all CPUs [I]. */
    private static final long START_NS = 10_000_000;

    private static final String ONE_CLOCK = "record with one clock for all CPUs: perf's, or trace-cmd record -C mono";

    private final ReadSummary summary;
    private final TimelineSummary timeline;
    private final TraceAudit audit;
    private final List<Finding> found = new ArrayList<>();

    Findings(ReadSummary summary, TimelineSummary timeline, TraceAudit audit) {
        this.summary = summary;
        this.timeline = timeline;
        this.audit = audit;
    }

    /** Worst first. */
    List<Finding> all() {
        lines();
        losses();
        edges();
        silence();
        order();
        pairing();
        identity();
        found.sort((a, b) -> a.grade().compareTo(b.grade()));
        return List.copyOf(found);
    }

    private void add(Grade grade, String code, long count, String where, String meaning, String remedy) {
        if (count > 0) {
            found.add(new Finding(grade, code, count, where, meaning, remedy));
        }
    }

    private void lines() {
        summary.diagnostics().counts().forEach((code, count) -> {
            if (code != DiagnosticCode.EVENTS_LOST && code.severity() != Severity.INFO) {
                boolean loss = code.severity() == Severity.DATA_LOSS || code == DiagnosticCode.BUFFER_WRAPPED;
                Grade grade = code.severity() == Severity.ERROR ? Grade.DAMAGE : loss ? Grade.LOSS : Grade.NOTE;
                add(grade, code.id(), count, lineNumbers(code), code.sentence(), code.remedy());
            }
        });
    }

    private String lineNumbers(DiagnosticCode code) {
        String lines = summary.diagnostics().kept().stream()
                .filter(d -> d.code() == code && d.line() > 0)
                .map(Diagnostic::line)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return lines.isEmpty() ? extent(code) : "line " + lines;
    }

    /** How much of the log a finding about all of it concerns. */
    private String extent(DiagnosticCode code) {
        return summary.diagnostics().kept().stream()
                .filter(d -> d.code() == code)
                .map(Diagnostic::message)
                .findFirst()
                .orElse("");
    }

    private void losses() {
        StringBuilder where = new StringBuilder();
        for (EventsLost lost : audit.firstLosses()) {
            where.append(where.isEmpty() ? "" : ", ").append(seconds(lost.timestampNs()));
            where.append(lost.pcpu() < 0 ? "" : " CPU " + lost.pcpu());
            where.append(lost.count() < 0 ? "" : " " + lost.count() + " events");
        }
        add(
                Grade.NOTE,
                "losses-silent",
                summary.format() == TraceFormat.PERF_SCRIPT && audit.losses() == 0 ? 1 : 0,
                "",
                "perf script tells of lost events only when asked to: that none shows proves nothing",
                "perf script --show-lost-events");
        add(
                Grade.LOSS,
                "lost-events",
                audit.losses(),
                where.toString(),
                summary.lostEvents() + " events or more were lost; vCPUs are unknown from there to their next event",
                DiagnosticCode.EVENTS_LOST.remedy());
    }

    /** Ring buffers are per CPU: one that wrapped starts late, one that was full ends early. */
    private void edges() {
        long margin = Math.max(EDGE_NS, Math.round(EDGE * summary.spanNs()));
        StringBuilder late = new StringBuilder();
        StringBuilder early = new StringBuilder();
        int lateCpus = 0;
        int earlyCpus = 0;
        for (CpuTrail cpu : audit.cpus()) {
            // Where few events are, an idle CPU is the likelier reason.
            boolean busy = cpu.events() * audit.cpus().size() * 10 > summary.eventCount();
            if (busy && cpu.firstNs() > margin) {
                late.append(lateCpus++ == 0 ? "" : ", ").append("CPU ").append(cpu.cpu());
                late.append(" from ").append(seconds(cpu.firstNs()));
            }
            if (busy && cpu.lastNs() < summary.spanNs() - margin) {
                early.append(earlyCpus++ == 0 ? "" : ", ").append("CPU ").append(cpu.cpu());
                early.append(" until ").append(seconds(cpu.lastNs()));
            }
        }
        add(
                Grade.LOSS,
                "cpu-starts-late",
                lateCpus,
                late.toString(),
                "events of a busy CPU begin late: its ring buffer may have wrapped",
                "compare from there on, or record with larger buffers (perf record -m, trace-cmd record -b, buffer_size_kb)");
        add(
                Grade.LOSS,
                "cpu-ends-early",
                earlyCpus,
                early.toString(),
                "events of a busy CPU end early: its buffer may have been full, or the log cut",
                "use what lies before, or record with larger buffers");
    }

    private void silence() {
        long usual = summary.spanNs() / Math.max(1, summary.eventCount());
        boolean conspicuous = audit.silenceNs() > Math.max(SILENCE_NS, SILENCE * usual);
        add(
                Grade.LOSS,
                "silence",
                conspicuous ? 1 : 0,
                seconds(audit.silenceFromNs()) + " for " + seconds(audit.silenceNs()),
                "no CPU recorded anything: recording paused, the clock stepped, or perf dropped events without a word",
                "perf script --show-lost-events tells of drops");
    }

    private void order() {
        clockSteps();
        clocksApart();
        add(
                Grade.NOTE,
                "sorted-lines",
                summary.reordered(),
                "",
                "lines stood a little behind later ones, as merged per-CPU buffers do; they were sorted",
                "");
        add(
                Grade.DAMAGE,
                "thread-backwards",
                timeline.backwards(),
                "",
                "events of one thread go back in time; they were moved to its last event",
                ONE_CLOCK);
    }

    /** A ring buffer is filled in order, so a CPU's lines never go back in time, unless its clock does. */
    private void clockSteps() {
        long steps = 0;
        StringBuilder where = new StringBuilder();
        for (CpuTrail cpu : audit.cpus()) {
            if (cpu.stepsBack() > 0) {
                steps += cpu.stepsBack();
                where.append(where.isEmpty() ? "" : ", ").append("CPU ").append(cpu.cpu());
                where.append(' ')
                        .append(cpu.stepsBack())
                        .append(" times, first ")
                        .append(seconds(cpu.firstStepNs()));
                where.append(", up to ").append(micros(cpu.largestStepNs()));
            }
        }
        add(
                Grade.DAMAGE,
                "clock-steps-back",
                steps,
                where.toString(),
                "lines of one CPU go back in time: its clock stepped, or the log was put together of several",
                ONE_CLOCK);
    }

    private void clocksApart() {
        CpuClocks.Step worst = audit.clocks().worst();
        add(
                Grade.DAMAGE,
                "clocks-apart",
                audit.clocks().moves(),
                seconds(worst.timeNs()) + " CPU " + worst.ahead() + " ahead of CPU " + worst.behind() + " by "
                        + micros(worst.byNs()) + " or more",
                "threads leave a CPU after they arrived on the next: the clocks of the CPUs differ, so no time between two"
                        + " CPUs is right",
                ONE_CLOCK);
    }

    /** Where only exits or only entries were recorded, nothing can be paired, and that is no loss. */
    private boolean oneSided() {
        Map<String, Long> events = summary.events();
        return Tracepoint.KVM_EXIT.count(events) == 0 || Tracepoint.KVM_ENTRY.count(events) == 0;
    }

    private void pairing() {
        if (oneSided()) {
            add(
                    Grade.NOTE,
                    "one-sided",
                    audit.unpaired(),
                    "",
                    "only exits or only entries were recorded: when guests ran is unknown or inferred",
                    "record both kvm:kvm_exit and kvm:kvm_entry");
            return;
        }
        long crossings = audit.cpus().stream().mapToLong(CpuTrail::crossings).sum();
        String perCpu = audit.cpus().stream()
                .filter(cpu -> cpu.unpaired() > 0)
                .map(cpu -> "CPU " + cpu.cpu() + " " + cpu.unpaired() + " ("
                        + percent(cpu.unpaired(), Math.max(1, cpu.crossings())) + ")")
                .collect(Collectors.joining(", "));
        add(
                Grade.NOTE,
                "unpaired",
                audit.unpaired(),
                perCpu,
                percent(audit.unpaired(), Math.max(1, crossings))
                        + " of entries and exits follow one of their own sort; the stretches between are unknown or joined",
                "");
        add(
                Grade.NOTE,
                "mid-flight",
                timeline.exitWithoutEntry(),
                "",
                "vCPUs were in guest mode when the log begins",
                "");
        add(
                Grade.LOSS,
                "entry-after-entry",
                timeline.entryAfterEntry(),
                "",
                "kvm_entry without the exit before it: fast-path re-entries before 5.11, else lost exits",
                "");
        add(
                Grade.LOSS,
                "exit-after-exit",
                timeline.exitAfterExit(),
                "",
                "kvm_exit without the entry before it: entries were lost or not recorded",
                "");
        add(
                Grade.LOSS,
                "unknown-stretch",
                timeline.lostSpans(),
                "",
                "stretches of vCPUs are unknown because events were lost",
                "");
        contradictions();
    }

    private void contradictions() {
        boolean starting = timeline.violations() <= audit.firstBreaks().size()
                && audit.firstBreaks().stream().allMatch(b -> b.timeNs() < START_NS);
        add(
                starting ? Grade.NOTE : Grade.DAMAGE,
                "contradiction",
                timeline.violations(),
                breaks(),
                "events contradict each other; those stretches are unknown",
                starting
                        ? "recorders switch their events on one after another"
                        : "see whether some events were left out, or two hosts' logs were mixed");
    }

    private String breaks() {
        return audit.firstBreaks().stream()
                .map(b -> seconds(b.timeNs()) + " line " + b.line())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void identity() {
        long guessed = timeline.roster().vms().stream()
                .filter(vm -> vm.grouping() == Roster.Grouping.INFERRED)
                .count();
        add(
                Grade.NOTE,
                "vm-guessed",
                guessed,
                "",
                "the log prints no process ids; which vCPU belongs to which VM is guessed: " + timeline.guess(),
                "perf script -F +pid, trace-cmd with record-tgid, or --threads FILE");
        add(
                Grade.NOTE,
                "vcpu-unnumbered",
                timeline.unnumbered(),
                "",
                "no kvm_entry and no thread name gives the vCPU's number: numbers follow the order of appearance",
                "record kvm:kvm_entry; start QEMU with -name debug-threads=on; or --threads FILE");
        add(
                Grade.DAMAGE,
                "thread-id-reused",
                timeline.reusedTids(),
                "",
                "a vCPU's thread id came back as another process's: what followed is counted for the first vCPU",
                "look at the time before the VM ended, or record again");
    }

    private static String micros(long ns) {
        return String.format(Locale.ROOT, "%.1f us", ns / 1e3);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }

    private static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.6f s", ns / 1e9);
    }
}
