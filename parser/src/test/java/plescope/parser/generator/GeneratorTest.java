package plescope.parser.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.atn.LexerAction;
import org.antlr.v4.runtime.atn.LexerActionExecutor;
import org.antlr.v4.runtime.atn.LexerModeAction;
import org.antlr.v4.runtime.atn.LexerPushModeAction;
import org.antlr.v4.runtime.atn.LexerSkipAction;
import org.antlr.v4.runtime.atn.LexerTypeAction;
import org.antlr.v4.tool.LexerGrammar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.parser.grammar.TraceScanner;

/** The code in use is what the grammars of today give, and the JIT will take it. */
final class GeneratorTest {
    /** HotSpot's HugeMethodLimit: longer methods are interpreted for ever, ten times slower. */
    private static final int JIT_LIMIT = 8000;

    @Test
    void theCodeInUseIsMadeOfTheGrammarsOfToday() throws IOException {
        Path module = Path.of(System.getProperty("plescope.root"), "parser");
        Path sources = module.resolve("target/generated-sources");
        Map<String, String> today = Generate.files(module.resolve("src/main/antlr4"), sources.resolve("antlr4"));
        assertThat(today).hasSize(2);
        for (Map.Entry<String, String> file : today.entrySet()) {
            assertThat(Files.readString(sources.resolve("scanner").resolve(file.getKey())))
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void noMethodIsTooLongForTheJit() throws IOException {
        Map<String, Integer> lengths = codeLengths(TraceScanner.class);
        assertThat(lengths).containsKeys("scan", "defaultMode", "event", "kvmExitText", "switchText", "wakeText");
        assertThat(lengths).allSatisfy((method, length) -> assertThat(length).isLessThan(JIT_LIMIT));
    }

    /** 200 searches at once, each over the other's words: no method holds their cycle. */
    @Test
    void aModeThatSearchesForTooMuchAtOnceIsRefused() throws Exception {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            words.append(i == 0 ? "" : " | ")
                    .append('\'')
                    .append(Integer.toString(i * 7919, 36))
                    .append('\'');
        }
        LexerGrammar grammar = new LexerGrammar("lexer grammar L; A : ~[\\n]*? (" + words + ") ; J : ~[\\n] ;");
        ScannerGenerator generator =
                new ScannerGenerator("L", grammar.getATN(), grammar.getVocabulary(), new String[] {"DEFAULT_MODE"});
        assertThatThrownBy(generator::source)
                .hasMessageStartingWith("DEFAULT_MODE searches for too much at once")
                .hasMessageEndingWith("give some of its rules a mode of their own");
    }

    @Test
    void statesThatNothingTellsApartBecomeOne() {
        int[][] next = new int[4][ModeAutomaton.BYTES];
        for (int[] row : next) {
            java.util.Arrays.fill(row, ModeAutomaton.DEAD);
        }
        // a and b lead to two states that accept the same and go nowhere; c leads to one that accepts something else
        next[0]['a'] = 1;
        next[0]['b'] = 2;
        next[0]['c'] = 3;
        Outcome one = new Outcome(1, 0);
        ModeAutomaton minimal = new ModeAutomaton(next, new Outcome[] {null, one, one, new Outcome(2, 0)}).minimal();
        assertThat(minimal.size()).isEqualTo(3);
        assertThat(minimal.next(0, 'a')).isEqualTo(minimal.next(0, 'b')).isNotEqualTo(minimal.next(0, 'c'));
        assertThat(minimal.accepts(0)).isNull();
        assertThat(minimal.accepts(minimal.next(0, 'b'))).isEqualTo(one);
    }

    @Test
    void byteTestsReadAsAPersonWouldWriteThem() {
        assertThat(set('x').test()).isEqualTo("c == 'x'");
        assertThat(set('0', '1', '2').test()).isEqualTo("c >= '0' && c <= '2'");
        assertThat(set('0', '1', 'b').test()).isEqualTo("(c >= '0' && c <= '1') || c == 'b'");
        assertThat(set('0', '1').refusal()).isEqualTo("c < '0' || c > '1'");
        ByteSet allButNewline = new ByteSet();
        for (int b = 0; b < ModeAutomaton.BYTES; b++) {
            if (b != '\n') {
                allButNewline.add(b);
            }
        }
        assertThat(allButNewline.test()).isEqualTo("c != '\\n'");
    }

    private static ByteSet set(char... members) {
        ByteSet set = new ByteSet();
        for (char member : members) {
            set.add(member);
        }
        return set;
    }

    @Test
    void commandsOfTheGrammarAreObeyedOrRefused() {
        assertThat(Outcome.of(5, 2, null)).isEqualTo(new Outcome(5, 2));
        assertThat(Outcome.of(5, 2, commands(new LexerTypeAction(7), new LexerModeAction(3))))
                .isEqualTo(new Outcome(7, 3));
        assertThat(Outcome.of(5, 2, commands(LexerSkipAction.INSTANCE))).isEqualTo(new Outcome(Outcome.SKIPPED, 2));
        assertThatThrownBy(() -> Outcome.of(5, 2, commands(new LexerPushModeAction(1))))
                .hasMessageContaining("pushMode(1)");
    }

    @Test
    void rulesBecomePlainMethodsUnlessOneTokenDoesNotDecide(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("T.tokens"), "A=1\nB=2\nC=3\n");
        Path grammar = folder.resolve("P.g4");
        String head = "parser grammar P; options { tokenVocab = T; } @members { int n; } ";
        Files.writeString(grammar, head + "line : A x=(B | C)? { n += $x == null ? 0 : 1; } | C line ;");
        assertThat(new DriverGenerator(grammar, folder).source())
                .contains(
                        "int n;",
                        "case A:",
                        "if (tokens.LA(1) == B || tokens.LA(1) == C) {",
                        "x = take();", // one look decides, and nothing looks again
                        "n += x == null ? 0 : 1;",
                        "line();");
        Files.writeString(grammar, head + "line : A B | A C ;");
        assertThatThrownBy(() -> new DriverGenerator(grammar, folder).source())
                .hasMessage("two alternatives begin with A");
        Files.writeString(grammar, head + "line : A* B ;");
        assertThatThrownBy(() -> new DriverGenerator(grammar, folder).source()).hasMessageContaining("no code for");
    }

    @Test
    void anOptionLetsWhatFollowsItComeFirst(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("T.tokens"), "A=1\nB=2\nC=3\n");
        Path grammar = folder.resolve("P.g4");
        String head = "parser grammar P; options { tokenVocab = T; } @members { int n; } ";
        Files.writeString(grammar, head + "line : A? B | C ;");
        assertThat(new DriverGenerator(grammar, folder).source().replaceAll("\\s+", " "))
                .contains("case A: case B: if (tokens.LA(1) == A) { take(); } take(B); break; case C: take();");
        Files.writeString(grammar, head + "line : A? B | B C ;");
        assertThatThrownBy(() -> new DriverGenerator(grammar, folder).source())
                .hasMessage("two alternatives begin with B");
        Files.writeString(grammar, head + "line : A? A B | C ;");
        assertThatThrownBy(() -> new DriverGenerator(grammar, folder).source())
                .hasMessage("an option and what follows it begin with A");
        Files.writeString(grammar, head + "line : A? | C ;");
        assertThatThrownBy(() -> new DriverGenerator(grammar, folder).source())
                .hasMessageContaining("an alternative may be empty");
    }

    private static LexerActionExecutor commands(LexerAction... actions) {
        return new LexerActionExecutor(List.of(actions).toArray(LexerAction[]::new));
    }

    /** Bytes of bytecode per method, read from the class file. */
    private static Map<String, Integer> codeLengths(Class<?> type) throws IOException {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            in.skipNBytes(8);
            String[] texts = constants(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
                in.skipNBytes(6);
                skipAttributes(in);
            }
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                in.skipNBytes(2);
                String name = texts[in.readUnsignedShort()];
                in.skipNBytes(2);
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    boolean code = texts[in.readUnsignedShort()].equals("Code");
                    int length = in.readInt();
                    if (code) {
                        in.skipNBytes(4);
                        lengths.put(name, in.readInt());
                        length -= 8;
                    }
                    in.skipNBytes(length);
                }
            }
        }
        return lengths;
    }

    private static void skipAttributes(DataInputStream in) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            in.skipNBytes(2);
            in.skipNBytes(in.readInt());
        }
    }

    private static String[] constants(DataInputStream in) throws IOException {
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            switch (in.readUnsignedByte()) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // a long takes two places
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("unknown constant");
            }
        }
        return texts;
    }
}
