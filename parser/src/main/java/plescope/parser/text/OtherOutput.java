package plescope.parser.text;

import plescope.parser.grammar.TraceLexer;

/** What a text without events may be instead, and the command that prints events. */
public enum OtherOutput {
    KVM_STAT(
            TraceLexer.KVM_STAT_TABLE,
            "this is a table of perf kvm stat, not a trace",
            "give the events it was made from: " + OtherOutput.PERF_SCRIPT),
    FTRACE_RAW(
            TraceLexer.RAW_RECORD,
            "these are bare records of ftrace's raw or hex option",
            "echo 0 > options/raw; echo 0 > options/hex; then read the trace file again"),
    PERF_DUMP(TraceLexer.PERF_DUMP, "this is the hexadecimal dump of perf script -D", OtherOutput.PERF_SCRIPT),
    PERF_TRACE(
            TraceLexer.PERF_TRACE,
            "this is the output of perf trace, whose states and times are not those of the kernel",
            "record with perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    PERF_TOP(
            TraceLexer.PERF_TOP,
            "this is a table of shares by perf top or perf report, not a trace",
            "record with perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    PERF_SCHED(
            TraceLexer.PERF_SCHED,
            "this is a table of perf sched, not a trace",
            "give the events it was made from: " + OtherOutput.PERF_SCRIPT),
    PERF_STAT(
            TraceLexer.PERF_STAT,
            "these are sums by perf stat, not a trace",
            "record with perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    BPF_SUMMARY(
            TraceLexer.BPF_SUMMARY,
            "this is a summary by a BPF program, not a trace",
            "record with perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    SYSTEM_CALLS(
            TraceLexer.SYSTEM_CALLS,
            "these are system calls by strace, not the kernel's trace points",
            "record with perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    QEMU_LOG(
            TraceLexer.QEMU_LOG,
            "this is a log of QEMU's own trace points, not of the kernel's",
            "record on the host: perf record -a -e 'kvm:*' -e 'sched:*', then " + OtherOutput.PERF_SCRIPT),
    JSON(TraceLexer.JSON, "this is JSON, not a text log", "print it as text: " + OtherOutput.PERF_SCRIPT),
    STATISTICS(
            TraceLexer.STATISTICS,
            "these are buffer statistics of trace-cmd, not a trace",
            "trace-cmd report -N -t without --stat"),
    USAGE(
            TraceLexer.USAGE,
            "this is a command's usage text: the command that should have made the log failed",
            "run the command again and look at its message"),
    TOOL_MESSAGE(
            TraceLexer.TOOL_MESSAGE,
            "these are messages of perf, not its output",
            "redirect standard output: perf script ... > trace.txt"),
    TIMELESS_EVENT(
            TraceLexer.TIMELESS_EVENT, "the events have no time", "print the whole prefix: " + OtherOutput.PERF_SCRIPT),
    SIDE_BAND(
            TraceLexer.PERF_META,
            "these are records of threads and mappings only, not one tracepoint is among them",
            "record the tracepoints too: perf record -a -e 'kvm:*' -e 'sched:*'");

    private static final String PERF_SCRIPT = "perf script -i perf.data --ns -F comm,pid,tid,cpu,time,event,trace";

    private final int tokenType;
    private final String message;
    private final String hint;

    OtherOutput(int tokenType, String message, String hint) {
        this.tokenType = tokenType;
        this.message = message;
        this.hint = hint;
    }

    static OtherOutput of(int tokenType) {
        for (OtherOutput output : values()) {
            if (output.tokenType == tokenType) {
                return output;
            }
        }
        throw new IllegalArgumentException("no output is known by token " + tokenType);
    }

    public String message() {
        return message;
    }

    public String hint() {
        return hint;
    }
}
