package plescope.parser.generator;

import org.antlr.v4.runtime.atn.LexerAction;
import org.antlr.v4.runtime.atn.LexerActionExecutor;
import org.antlr.v4.runtime.atn.LexerModeAction;
import org.antlr.v4.runtime.atn.LexerTypeAction;

/**
 * What a matched rule leaves behind.
 *
 * @param type the token's type, {@link #SKIPPED} if the rule makes none
 * @param mode the mode in which the next token begins
 */
record Outcome(int type, int mode) {
    /** No token has it: ANTLR counts types from 1. */
    static final int SKIPPED = 0;

    /**
     * Runs a rule's commands.
     *
     * @param type the token type the rule gives without commands
     * @throws IllegalArgumentException if the rule asks for something a scanner without memory cannot do
     */
    static Outcome of(int type, int mode, LexerActionExecutor commands) {
        int newType = type;
        int newMode = mode;
        if (commands != null) {
            for (LexerAction command : commands.getLexerActions()) {
                switch (command.getActionType()) {
                    case TYPE -> newType = ((LexerTypeAction) command).getType();
                    case MODE -> newMode = ((LexerModeAction) command).getMode();
                    case SKIP -> newType = SKIPPED;
                    case CHANNEL, CUSTOM, MORE, POP_MODE, PUSH_MODE ->
                        throw new IllegalArgumentException("the scanner knows type, mode and skip, not " + command);
                }
            }
        }
        return new Outcome(newType, newMode);
    }
}
