package plescope.parser.diagnostic;

/** Every finding has one code; {@code parser/README.md} lists them and a test compares. */
public enum DiagnosticCode {
    WRONG_FILE(
            "PLE-001",
            Severity.ERROR,
            "The file is not a text log.",
            "give a text log of perf script, trace-cmd report or ftrace"),
    MISSING_FILE("PLE-002", Severity.ERROR, "There is no such file.", "check the path"),
    DIRECTORY("PLE-003", Severity.ERROR, "The path is a directory.", "name the log inside it"),
    PERF_DATA(
            "PLE-004",
            Severity.ERROR,
            "The file is a binary perf.data.",
            "perf script -i FILE --ns -F comm,pid,tid,cpu,time,event,trace"),
    TRACE_DAT("PLE-005", Severity.ERROR, "The file is a binary trace.dat.", "trace-cmd report -N -t -i FILE"),
    EMPTY(
            "PLE-006",
            Severity.ERROR,
            "The input is empty.",
            "record again: perf record -a -e 'kvm:*' -e 'sched:*', then perf script --ns -F comm,pid,tid,cpu,time,event,trace"),
    OTHER_OUTPUT(
            "PLE-007",
            Severity.ERROR,
            "The text is another command's output, not a trace.",
            "give the events it was made from: perf script -i perf.data --ns -F comm,pid,tid,cpu,time,event,trace"),
    TRUNCATED(
            "PLE-008",
            Severity.ERROR,
            "The compressed file ends too early.",
            "copy the file again, or decompress what is there by hand"),
    NO_EVENTS(
            "PLE-009",
            Severity.ERROR,
            "Not one line is an event.",
            "give a text log of perf script, trace-cmd report or ftrace"),
    INTEGER_CLOCK(
            "PLE-010",
            Severity.ERROR,
            "The clock counts ticks of unknown length.",
            "give its ticks per second with --clock-hz (x86-tsc: the TSC's, uptime: CONFIG_HZ), or record with -C mono"),
    COMPRESSION(
            "PLE-011",
            Severity.ERROR,
            "The compression is not supported.",
            "unpack it and pipe the text in, or use gzip, zstd, xz, bzip2 or lz4"),
    TOO_MUCH_LOSS(
            "PLE-012",
            Severity.ERROR,
            "More lines are damaged or lost than allowed.",
            "raise --max-loss if the rest is worth reading"),
    UNORDERED(
            "PLE-013",
            Severity.ERROR,
            "So many lines go back in time that the times cannot be those of one clock.",
            "perf script without --deltatime; several recordings one by one"),
    DAMAGED_PREFIX(
            "PLE-101",
            Severity.ERROR,
            "A known event stands behind an unreadable prefix.",
            "print the whole prefix: perf script -F comm,pid,tid,cpu,time,event,trace; ftrace: echo 1 > options/context-info"),
    DAMAGED_PAYLOAD(
            "PLE-102",
            Severity.ERROR,
            "The text of a known event does not fit its format.",
            "the line is damaged at the source; --lenient skips and counts such lines"),
    NO_EVENT_NAME(
            "PLE-103",
            Severity.ERROR,
            "A line with a good prefix names no event.",
            "print the event field: perf script -F comm,pid,tid,cpu,time,event,trace"),
    LINE_TOO_LONG("PLE-104", Severity.ERROR, "A line is longer than any event.", "the file is damaged or not a trace"),
    CLOCK_BACKWARDS(
            "PLE-105",
            Severity.ERROR,
            "The clock goes backwards by more than the reorder window.",
            "give each recording by itself; perf script without --deltatime; trace-cmd with one clock"),
    EVENTS_LOST(
            "PLE-201",
            Severity.DATA_LOSS,
            "The recorder lost events.",
            "record with larger buffers (perf record -m, trace-cmd record -b) or fewer events"),
    NEW_RECORDING(
            "PLE-202",
            Severity.DATA_LOSS,
            "Another recording begins: nothing is known of the time between.",
            "give each recording by itself"),
    NOT_A_TRACE_LINE(
            "PLE-301",
            Severity.NOTICE,
            "A line is no event and no known head or noise.",
            "nothing to do if it is prose around the trace"),
    PLUGIN_TEXT(
            "PLE-302",
            Severity.NOTICE,
            "Plugin text prints preempted (R+) and yielding (R) alike.",
            "use trace-cmd report -N, or perf script without plugins"),
    GUEST_LINE(
            "PLE-303",
            Severity.NOTICE,
            "A line was recorded inside a guest.",
            "plescope reads the host's side; give the guest's trace by itself"),
    BUFFER_WRAPPED(
            "PLE-304",
            Severity.NOTICE,
            "The ring buffer wrapped: the log starts late.",
            "record with a larger buffer (buffer_size_kb)"),
    LOSSY_FIELDS(
            "PLE-305",
            Severity.NOTICE,
            "Bare fields of an IPI hold its vector only; mode and shorthand are cut off.",
            "use trace-cmd report -N without -R"),
    LAST_LINE_CUT(
            "PLE-306",
            Severity.NOTICE,
            "The log ends in the middle of an event.",
            "nothing to do if the log was cut on purpose; else look whether the disk was full"),
    STATE_LETTERS(
            "PLE-307",
            Severity.NOTICE,
            "Plugin text of before libtraceevent 1.8 prints wrong letters: W for I, x for P, X and Z for each other.",
            "read as meant; use trace-cmd report -N, or perf script without plugins"),
    FAILED_ENTRY(
            "PLE-308",
            Severity.NOTICE,
            "A VM entry failed: its exit says why, the guest did not run.",
            "the host's kernel log says what was wrong with the guest's state"),
    NO_RIP(
            "PLE-309",
            Severity.NOTICE,
            "Many exits print rip 0x0, as of guests whose state is encrypted: where these execute cannot be told.",
            "nothing to do: SEV-ES, SEV-SNP and TDX hide it from the host"),
    CUT_FIELDS(
            "PLE-310",
            Severity.NOTICE,
            "An exit ends behind its rip: the rest was cut off, or the kernel is older than 2.6.38.",
            "nothing to do: no report uses the rest, but it would tell the kernel's age"),
    SEVERAL_PRODUCERS(
            "PLE-311",
            Severity.NOTICE,
            "Lines of different tools stand in one log: their clocks and thread names may differ.",
            "give each tool's log by itself"),
    MENDED(
            "PLE-312",
            Severity.NOTICE,
            "A wrapped or quoted line was put together: its text is as mail programs left it.",
            "nothing to do; the original log is the better one"),
    BARE_FIELDS(
            "PLE-313",
            Severity.NOTICE,
            "Events are printed as bare fields: their numbers are read in the bases of the fields.",
            "nothing to do; trace-cmd report -N prints the kernel's text"),
    SEPARATE_LOGS(
            "PLE-314",
            Severity.NOTICE,
            "Logs given as one recording have no time in common.",
            "pieces of one recording are read so; give separate recordings one by one");

    private final String id;
    private final Severity severity;
    private final String sentence;
    private final String remedy;

    DiagnosticCode(String id, Severity severity, String sentence, String remedy) {
        this.id = id;
        this.severity = severity;
        this.sentence = sentence;
        this.remedy = remedy;
    }

    /** Stable identifier, such as {@code PLE-102}. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** What it means, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** What to do about it; {@code FILE} stands for the file's name. */
    public String remedy() {
        return remedy;
    }
}
