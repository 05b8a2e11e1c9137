package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/**
 * What the grammar's rules report, one call per fact of a line.
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

    /** {@code vcpu} is null where the dialect does not print it. */
    void kvmExit(Token vcpu, Token reasonAndRip);

    void exitTail(boolean requests);

    /** {@code rip} is null before 5.10; {@code kernelText} is false for plugin text. */
    void kvmEntry(Token vcpu, Token rip, boolean kernelText);

    void entryTail();

    void pleWindow(Token vcpu, Token oldWindow, Token newWindow);

    void apicIpi(Token destination, Token vector, Token delivery, Token addressing, Token shorthand);

    void acceptIrq(Token apicId, Token vector, Token delivery, Token trigger);

    void eoi(Token apicId, Token vector);

    void injectedVirq(Token vector, boolean reinjected);

    void msr(Token accessAndIndex, Token data, boolean faulted);

    /** {@code valid} is null before 4.6. */
    void vcpuWakeup(Token time, Token valid);

    void haltPoll(Token vcpu, Token newNs, Token oldNs);

    void schedSwitch(Token from, Token to);

    void pluginSwitch(Token from, Token to);

    void wake(Token name, Token payload);

    void pluginWake(Token name, Token payload);

    void migrate(Token payload);

    void statRuntime(Token name, boolean vruntime);

    void perfLost(Token line);

    /** {@code PERF_RECORD_COMM: comm:pid/tid}. */
    void perfComm(Token line);

    /** A line of the function tracer. */
    void function(Token name);

    /** A tracepoint without a rule; its payload is left unread. */
    void other(Token name);
}
