package plescope.parser.generator;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;

/**
 * Makes {@code TraceScanner.java} out of a lexer that ANTLR has generated. The grammar stays the only definition: nothing here
 * knows a token.
 */
final class ScannerGenerator {
    static final String PACKAGE = "plescope.parser.grammar";
    static final String CLASS = "TraceScanner";

    private final ATN atn;
    private final String[] modes;
    private final OutcomeNames outcomes;
    private final SetNames sets = new SetNames();

    /**
     * @param lexer simple name of the lexer, for its constants
     * @param atn the automaton ANTLR made of the grammar
     */
    ScannerGenerator(String lexer, ATN atn, Vocabulary vocabulary, String[] modes) {
        this.atn = atn;
        this.modes = modes.clone();
        outcomes = new OutcomeNames(lexer, vocabulary, this.modes);
    }

    /** The scanner's source. */
    String source() {
        List<ModeAutomaton> automata = SubsetConstruction.of(atn);
        JavaText body = new JavaText();
        body.indent();
        List<String> calls = new ArrayList<>();
        for (int mode = 0; mode < automata.size(); mode++) {
            calls.add(writeMode(body, mode, automata.get(mode)));
        }
        JavaText out = new JavaText();
        writeHead(out);
        writeDoor(out, calls);
        return out + body.toString() + "}\n";
    }

    private String writeMode(JavaText body, int mode, ModeAutomaton automaton) {
        check(modes[mode], automaton);
        ModeWriter code = new ModeWriter(body, outcomes, sets, modes[mode], mode, automaton);
        if (!code.fits()) {
            throw new IllegalArgumentException(modes[mode] + " searches for too much at once (" + automaton.size()
                    + " states): give some of its rules a mode of their own");
        }
        code.write();
        return code.call();
    }

    /** What the scanner relies on: it reads no bounds, and there is always a token. */
    private static void check(String mode, ModeAutomaton automaton) {
        for (int state = 0; state < automaton.size(); state++) {
            if (automaton.next(state, '\n') != ModeAutomaton.DEAD) {
                throw new IllegalArgumentException(mode + " goes on behind a newline, which ends every line");
            }
        }
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            int first = automaton.next(0, b);
            if (b != '\n' && (first == ModeAutomaton.DEAD || automaton.accepts(first) == null)) {
                throw new IllegalArgumentException(mode + " has no token for the single byte " + b);
            }
        }
    }

    private void writeHead(JavaText out) {
        out.line("// Generated from TraceLexer.g4 by " + ScannerGenerator.class.getName() + ". Do not edit.");
        out.line("package " + PACKAGE + ";");
        out.line("");
        out.line("/**");
        out.line(
                " * The modes of TraceLexer as code. A newline, which no token contains, stands behind every text, and eight");
        out.line(
                " * bytes of anything behind that. A state is labelled with a text that leads to it, written with 0 for any");
        out.line(" * digit and a for any letter.");
        out.line(" */");
        out.line("public final class " + CLASS + " {");
        out.line("/** The type of text that is no token. */");
        out.line("public static final int SKIPPED = 0;");
        out.line("");
        out.line("private static final int TYPE_SHIFT = 32;");
        out.line("private static final int SKIP_SHIFT = 31;");
        out.line("private static final int MODE_SHIFT = 48;");
        out.line("private static final long NOTHING = 0;");
        out.line("/** Bit 31 tells a skipped token from none: its type is 0. */");
        out.line("private static final long SKIP = 1L << SKIP_SHIFT;");
    }

    private void writeDoor(JavaText out, List<String> calls) {
        outcomes.declare(out);
        sets.declare(out);
        out.line("");
        out.line("private " + CLASS + "() {}");
        out.line("");
        out.line("/** The longest token at a position, to be taken apart by the methods below; 0 if there is none. */");
        out.line("public static long scan(int mode, byte[] bytes, int at) {");
        out.line("switch (mode) {");
        for (int mode = 0; mode < calls.size(); mode++) {
            out.line("case " + mode + ":");
            out.line("    return " + calls.get(mode) + ";");
        }
        out.line("default:");
        out.line("    throw new IllegalArgumentException(\"no mode \" + mode);");
        out.line("}");
        out.line("}");
        out.line("");
        out.line("/** The position behind a token. */");
        out.line("public static int end(long token) {");
        out.line("return (int) token & Integer.MAX_VALUE;");
        out.line("}");
        out.line("");
        out.line("/** A token's type, {@link #SKIPPED} if it is none. */");
        out.line("public static int type(long token) {");
        out.line("return (int) (token >>> TYPE_SHIFT) & 0xffff;");
        out.line("}");
        out.line("");
        out.line("/** The mode behind a token in a mode. */");
        out.line("public static int mode(long token, int mode) {");
        out.line("int next = (int) (token >>> MODE_SHIFT);");
        out.line("return next == 0 ? mode : next - 1;");
        out.line("}");
    }
}
