package plescope.parser.generator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/**
 * Asks ANTLR's own lexer simulator where each byte leads from each state it can reach, instead of guessing its rules:
 * longest match, earlier rule and non-greedy loops are therefore decided as stock ANTLR decides them.
 */
final class SubsetConstruction extends LexerATNSimulator {
    /** A mode of the grammar has hundreds; a hundred times that is a mistake in the grammar. */
    private static final int MAX_STATES = 50_000;

    private static final CharStream NO_TEXT = CharStreams.fromString("");

    private final int[] twin;

    private SubsetConstruction(ATN atn, DFA[] modes) {
        super(null, atn, modes, new PredictionContextCache());
        twin = twins(atn);
    }

    /** The automata of all modes, in the grammar's order. */
    static List<ModeAutomaton> of(ATN atn) {
        DFA[] modes = new DFA[atn.modeToStartState.size()];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = new DFA(atn.modeToStartState.get(i), i);
        }
        SubsetConstruction construction = new SubsetConstruction(atn, modes);
        List<ModeAutomaton> automata = new ArrayList<>();
        for (int i = 0; i < modes.length; i++) {
            automata.add(construction.automaton(i));
        }
        return automata;
    }

    private ModeAutomaton automaton(int modeNumber) {
        mode = modeNumber;
        ATNConfigSet closure = computeStartState(NO_TEXT, atn.modeToStartState.get(modeNumber));
        if (closure.hasSemanticContext) {
            throw new IllegalArgumentException("a lexer with predicates has no automaton");
        }
        Map<DFAState, Integer> numbers = new HashMap<>();
        List<DFAState> states = new ArrayList<>();
        List<int[]> next = new ArrayList<>();
        DFAState start = addDFAState(closure);
        numbers.put(start, 0);
        states.add(start);
        for (int i = 0; i < states.size(); i++) {
            next.add(successors(states.get(i), numbers, states));
            if (states.size() > MAX_STATES) {
                throw new IllegalArgumentException("mode " + modeNumber + " has more than " + MAX_STATES + " states");
            }
        }
        Outcome[] accepts = states.stream()
                .map(state -> state.isAcceptState
                        ? Outcome.of(state.prediction, modeNumber, state.lexerActionExecutor)
                        : null)
                .toArray(Outcome[]::new);
        return new ModeAutomaton(next.toArray(int[][]::new), accepts).minimal();
    }

    private int[] successors(DFAState state, Map<DFAState, Integer> numbers, List<DFAState> states) {
        int[] successors = new int[ModeAutomaton.BYTES];
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            if (twin[b] < b) {
                successors[b] = successors[twin[b]];
                continue;
            }
            DFAState target = computeTargetState(NO_TEXT, state, b);
            if (target.stateNumber == ERROR.stateNumber) {
                successors[b] = ModeAutomaton.DEAD;
                continue;
            }
            Integer known = numbers.putIfAbsent(target, states.size());
            if (known == null) {
                states.add(target);
            }
            successors[b] = known == null ? states.size() - 1 : known;
        }
        return successors;
    }

    /** For each byte the first one that the grammar never tells from it. */
    private static int[] twins(ATN atn) {
        Map<BitSet, Integer> first = new HashMap<>();
        int[] twin = new int[ModeAutomaton.BYTES];
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            BitSet matches = new BitSet();
            int number = 0;
            for (ATNState state : atn.states) {
                for (Transition transition : state.getTransitions()) {
                    matches.set(number++, transition.matches(b, Lexer.MIN_CHAR_VALUE, Lexer.MAX_CHAR_VALUE));
                }
            }
            Integer known = first.putIfAbsent(matches, b);
            twin[b] = known == null ? b : known;
        }
        return twin;
    }
}
