package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/** What the grammar's rules for KVM payloads report; tokens as in {@link LineActions}. */
public interface KvmActions {
    /** {@code vcpu} is null where the dialect does not print it. */
    void kvmExit(Token vcpu, Token reasonAndRip);

    void exitTail(boolean requests);

    /** {@code rip} is null before 5.10; {@code kernelText} is false for plugin text, {@code injectionPrinted} true from 6.14 on. */
    void kvmEntry(Token vcpu, Token rip, boolean kernelText, boolean injectionPrinted);

    void pleWindow(Token vcpu, Token oldWindow, Token newWindow);

    /** Before 5.4, printed even when nothing changes. */
    void pleWindowOld(Token name, Token vcpu, Token newWindow, Token oldWindow);

    void apicIpi(Token destination, Token vector, Token delivery, Token addressing, Token shorthand);

    void acceptIrq(Token apicId, Token vector, Token delivery, Token trigger);

    void eoi(Token apicId, Token vector);

    void injectedVirq(Token vector, boolean reinjected);

    void msr(Token accessAndIndex, Token data, boolean faulted);

    /** {@code valid} is null before 4.6. */
    void vcpuWakeup(Token time, Token valid);

    void haltPoll(Token vcpu, Token newNs, Token oldNs);
}
