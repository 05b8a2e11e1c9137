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

    void comment(Token line);

    /** {@code CPU:n [LOST k EVENTS]}; {@code counted} is false where k is missing. */
    void lostEvents(Token line, boolean counted);

    /** A line that only trace-cmd writes. */
    void traceCmdHead();

    /** A line of another machine than the recording host. */
    void guestLine();

    /** The head of a {@code perf kvm stat} table. */
    void kvmStatTable();

    /** The name of an event that has a rule, behind a prefix that fits none. */
    void damagedPrefix(Token upToName);

    void statRuntime(Token name, boolean vruntime);

    void perfLost(Token line);

    /** {@code PERF_RECORD_COMM: comm:pid/tid}. */
    void perfComm(Token line);

    /** A line of the function tracer. */
    void function(Token name);

    /** A tracepoint without a rule; its payload is left unread. */
    void other(Token name);
}
