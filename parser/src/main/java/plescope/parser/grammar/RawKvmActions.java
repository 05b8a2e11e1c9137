package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/**
 * What the grammar's rules for bare fields of KVM records report ({@code trace-cmd report -R}, ftrace's {@code fields} option);
 * tokens as in {@link LineActions}. Each holds all fields of its record, {@code name=value} in the record's order.
 */
public interface RawKvmActions {
    void exit(Token fields);

    void entry(Token fields);

    void pleWindow(Token fields);

    void apicIpi(Token fields);

    void acceptIrq(Token fields);

    void eoi(Token fields);

    void injectedVirq(Token fields);

    void msr(Token fields);

    void vcpuWakeup(Token fields);

    void haltPoll(Token fields);
}
