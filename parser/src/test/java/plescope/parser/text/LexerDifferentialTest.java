package plescope.parser.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import plescope.parser.grammar.TraceLexer;

/** Token by token, in every mode and not only those a line would lead to. */
final class LexerDifferentialTest {
    private static final int LINES = 30_000;

    private final LineBytes line = new LineBytes();
    private final StockLexer stock = new StockLexer(line);
    private final CompiledLexer compiled = new CompiledLexer(line);

    @Test
    void linesFallApartTheSameInEveryMode() throws IOException {
        long seed = Long.getLong("seed", 11);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = fixtureLines();
        int[] tokensOfMode = new int[TraceLexer.modeNames.length];
        for (int i = 0; i < LINES; i++) {
            int mode = i % TraceLexer.modeNames.length;
            String text = splice(lines, random);
            show(text);
            List<String> expected = tokens(stock, mode);
            assertThat(tokens(compiled, mode))
                    .as(() -> "seed " + seed + ", mode " + TraceLexer.modeNames[mode] + ", line '" + text + "'")
                    .isEqualTo(expected);
            tokensOfMode[mode] += expected.stream().anyMatch(token -> !token.startsWith(TraceLexer.JUNK + " ")) ? 1 : 0;
        }
        // a mode that saw nothing but junk was not compared
        assertThat(Arrays.stream(tokensOfMode).min().orElseThrow()).isPositive();
    }

    private static List<String> fixtureLines() throws IOException {
        List<String> lines = new ArrayList<>();
        Path folder = Path.of(System.getProperty("plescope.root"), "parser", "src", "test", "resources");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
            }
        }
        lines.removeIf(text -> text.length() < 2);
        return lines;
    }

    /** The tail of one line behind the tail of another, so that every mode meets its own texts at its beginning. */
    private static String splice(List<String> lines, SplittableRandom random) {
        String one = lines.get(random.nextInt(lines.size()));
        String other = lines.get(random.nextInt(lines.size()));
        int colon = one.indexOf(": ", random.nextInt(one.length()));
        int from = colon >= 0 && random.nextInt(4) > 0 ? colon + 1 : random.nextInt(one.length());
        int length = random.nextInt(one.length() - from + 1);
        String text = random.nextInt(3) == 0
                ? one.substring(from, from + length) + other.substring(random.nextInt(other.length()))
                : one.substring(from);
        if (random.nextInt(4) == 0 && text.length() > 1) {
            int at = random.nextInt(text.length());
            char damaged = (char) (random.nextInt(255) + 1);
            text = text.substring(0, at) + (damaged == '\n' ? ' ' : damaged) + text.substring(at + 1);
        }
        return text;
    }

    private void show(String text) {
        byte[] bytes = (text + "\n" + " ".repeat(Long.BYTES)).getBytes(StandardCharsets.ISO_8859_1);
        line.set(bytes, 0, text.length());
    }

    private static List<String> tokens(LineLexer lexer, int mode) {
        List<String> tokens = new ArrayList<>();
        lexer.restart(mode, 0);
        Token token;
        do {
            token = lexer.next();
            tokens.add(token.getType() + " " + token.getStartIndex() + ".." + token.getStopIndex() + " then "
                    + lexer.mode());
        } while (token.getType() != Token.EOF);
        return tokens;
    }
}
