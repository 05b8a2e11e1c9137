package plescope.analysis.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: any words as a command line, one per line of the input.
 *
 * <p>Two words are added that name no file, policy, case or shell, so that no command line gets as far as to run something: it is
 * answered with help, or refused as what it is. Never is it a fault, and never is nothing said.
 */
public final class WordsFuzz {
    private static final String NOTHING = "no-such-file";

    private WordsFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        // the query of sql may do whatever DuckDB can
        if (text.isEmpty() || text.startsWith("sql\n")) {
            return;
        }
        List<String> words = new ArrayList<>(text.lines().toList());
        words.add(NOTHING);
        words.add(NOTHING);
        CommandLineRun run = run(words);
        boolean known = run.code() == ExitCode.DONE.code()
                || run.code() == ExitCode.USAGE.code()
                || run.code() == ExitCode.BAD_INPUT.code();
        if (!known) {
            throw new AssertionError(words + " ended with " + run.code() + ": " + run.err());
        }
        String said = run.code() == ExitCode.DONE.code() ? run.out() : run.err();
        if (said.isBlank() || said.contains("null\n") || run.err().contains("\n\tat ")) {
            throw new AssertionError(words + " is answered with " + said);
        }
        if ((run.out() + run.err()).matches("(?s).*[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f].*")) {
            throw new AssertionError(words + " reach the terminal as they are");
        }
    }

    static CommandLineRun run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                words.toArray(String[]::new),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                CommandLineRun.WIDTH);
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
