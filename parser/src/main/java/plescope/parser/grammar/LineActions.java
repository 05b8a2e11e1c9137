package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/**
 * What the grammar's rules report beside payloads of KVM and the scheduler, one call per fact of a line.
 *
 * <p>Tokens are reused from line to line: their bytes must be decoded before the call returns. A token ends with its value.
 */
public interface LineActions {
    /** {@code comm pid[/tid] [cpu] time:}, any of them absent but the time. */
    void perfPrefix(Token prefix);

    /** {@code comm-pid (tgid) [cpu] flags time:}. */
    void ftracePrefix(Token prefix);

    /** The latency format: comm cut to 8 bytes, CPU glued to the flags. */
    void latencyPrefix(Token prefix);

    /** ftrace's verbose latency format: ids in columns of their own, the time in milliseconds. */
    void verbosePrefix(Token prefix);

    /** A time, perhaps a CPU, and no thread id. */
    void timePrefix(Token prefix);

    void comment(Token line);

    /** {@code CPU:n [LOST k EVENTS]}; {@code counted} is false where k is missing. */
    void lostEvents(Token line, boolean counted);

    /** A line that only trace-cmd writes. */
    void traceCmdHead();

    /** A line of another machine than the recording host. */
    void guestLine();

    /** A line that some other command prints; the token's type tells which. */
    void otherOutput(Token line);

    /** The name of an event that has a rule, behind a prefix that fits none. */
    void damagedPrefix(Token upToName);

    void perfLost(Token line);

    /** {@code PERF_RECORD_COMM: comm:pid/tid}. */
    void perfComm(Token line);

    /** {@code PERF_RECORD_FORK(pid:tid):(parent's pid:tid)}. */
    void perfFork(Token line);

    /** {@code PERF_RECORD_EXIT(pid:tid):(parent's pid:tid)}. */
    void perfExit(Token line);

    /** {@code PERF_RECORD_SWITCH_CPU_WIDE OUT[ preempt] next pid/tid: p/t}. */
    void perfSwitchOut(Token line);

    /** Any other record of perf that is no tracepoint. */
    void perfMeta();

    /** A line of the function tracer, or a system call: a name without its colon. */
    void function(Token name);

    /** A record whose text does not name it, by ftrace's name for it. */
    void entry(String name);

    /** A tracepoint without a rule; its payload is left unread. */
    void other(Token name);
}
