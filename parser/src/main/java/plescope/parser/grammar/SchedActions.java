package plescope.parser.grammar;

import org.antlr.v4.runtime.Token;

/** What the grammar's rules for scheduler payloads report; tokens as in {@link LineActions}. */
public interface SchedActions {
    void schedSwitch(Token from, Token to);

    void pluginSwitch(Token from, Token to);

    void wake(Token name, Token payload);

    void pluginWake(Token name, Token payload);

    /** Before 2.6.32. */
    void oldWake(Token name, Token payload);

    void migrate(Token payload);
}
