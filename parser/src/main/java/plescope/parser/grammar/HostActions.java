package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/** What the grammar's rules for hypercalls, booked time and the host's interrupts report; tokens as in {@link LineActions}. */
public interface HostActions {
    void hypercall(Token arguments);

    void hypervHypercall(Token arguments);

    /** {@code vruntime} tells whether the text ends with it, which dates the kernel. */
    void statRuntime(Token payload, boolean vruntime);

    void statDelay(Token name, Token payload);

    void ipiSendCpu(Token payload);

    void deviceInterrupt(Token name, Token number);

    void softInterrupt(Token name, Token number);

    void vector(Token name, Token number);
}
