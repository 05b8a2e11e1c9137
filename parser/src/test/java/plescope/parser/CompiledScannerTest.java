package plescope.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled scanner against ANTLR's own lexer, which is right by definition: same events, same findings, same columns. */
final class CompiledScannerTest {
    /** More on demand: {@code -Dmutated.lines=10000000 -Dseed=N}. */
    private static final int MUTATED_LINES = Integer.getInteger("mutated.lines", 100_000);

    private static final int LINES_PER_LOG = 1000;

    static Stream<Path> fixtures() throws IOException {
        return textsUnder(Path.of(System.getProperty("plescope.root"), "parser", "src", "test", "resources"));
    }

    static Stream<Path> samples() throws IOException {
        return textsUnder(Path.of(System.getProperty("plescope.root"), "samples"));
    }

    static Stream<Path> realTraces() throws IOException {
        return textsUnder(TraceFolder.root());
    }

    private static Stream<Path> textsUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource({"fixtures", "samples"})
    void everyFileOfTheProjectReadsTheSame(Path file) throws IOException {
        assertSame(file);
    }

    @ParameterizedTest
    @MethodSource("realTraces")
    void everyRealTraceReadsTheSame(Path file) throws IOException {
        assertSame(file);
    }

    private static void assertSame(Path file) throws IOException {
        try (InputStream once = Files.newInputStream(file);
                InputStream again = Files.newInputStream(file)) {
            assertSame(
                    Reading.of(once, file.toString(), ParserKind.STOCK),
                    Reading.of(again, file.toString(), ParserKind.COMPILED),
                    file.toString());
        }
    }

    private static void assertSame(Reading stock, Reading compiled, String what) {
        assertThat(compiled.firstDifference(stock))
                .as(what + ": first event that differs")
                .isEqualTo(-1);
        assertThat(compiled.rest()).as(what).isEqualTo(stock.rest());
    }

    @Test
    void mutatedLinesReadTheSame() throws IOException {
        long seed = Long.getLong("seed", 7);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> lines = fixtureLines();
        int events = 0;
        for (int done = 0; done < MUTATED_LINES; done += LINES_PER_LOG) {
            // every log begins anew, so that the first findings of each kind are kept with text and column
            byte[] log = mutatedLog(lines, random);
            Reading stock = Reading.of(new ByteArrayInputStream(log), "log.txt", ParserKind.STOCK);
            Reading compiled = Reading.of(new ByteArrayInputStream(log), "log.txt", ParserKind.COMPILED);
            assertSame(stock, compiled, "seed " + seed + ", line " + done);
            events += compiled.events();
        }
        // enough lines must survive their mutation for the comparison to mean something
        assertThat(events).isGreaterThan(MUTATED_LINES / 2);
    }

    /** Lines put together again stand in a buffer of their own, whose end the compiled scanner must not run over. */
    @Test
    void quotedAndWrappedLinesReadTheSame() throws IOException {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 13));
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        for (byte[] line : fixtureLines()) {
            mail.writeBytes(wrapped(line, random));
        }
        ReadOptions options = Logs.TOLERANT.withRejoin(true);
        Reading stock = reading(mail, options.withParser(ParserKind.STOCK));
        assertSame(stock, reading(mail, options.withParser(ParserKind.COMPILED)), "mail");
        assertThat(stock.events())
                .isGreaterThan(
                        reading(mail, Logs.TOLERANT).events() + fixtureLines().size() / 4);
    }

    private static Reading reading(ByteArrayOutputStream log, ReadOptions options) throws IOException {
        return Reading.of(new ByteArrayInputStream(log.toByteArray()), "mail", options);
    }

    /** Behind quotation marks, and broken at one of the blanks behind its first 40 bytes. */
    private static byte[] wrapped(byte[] line, SplittableRandom random) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int blank = text.length() < 48 ? -1 : text.indexOf(' ', random.nextInt(40, text.length()));
        String broken = blank < 0 ? text : text.substring(0, blank) + "\n> " + text.substring(blank + 1);
        return ("> " + broken + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<byte[]> fixtureLines() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (Path log :
                fixtures().filter(file -> file.toString().endsWith(".txt")).toList()) {
            for (String line :
                    Files.readString(log, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                lines.add(line.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return lines;
    }

    static byte[] mutatedLog(List<byte[]> lines, SplittableRandom random) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        log.writeBytes((Logs.PERF + "kvm:kvm_entry: vcpu 2\n").getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 1; i < LINES_PER_LOG; i++) {
            byte[] line = lines.get(random.nextInt(lines.size()));
            log.writeBytes(Mutation.of(line, random));
            log.writeBytes(random.nextInt(16) == 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        }
        return log.toByteArray();
    }
}
