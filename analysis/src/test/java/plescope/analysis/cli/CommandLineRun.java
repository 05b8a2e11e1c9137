package plescope.analysis.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What one run of the program gave: exit code, output and messages. */
record CommandLineRun(int code, String out, String err) {
    static final int WIDTH = 120;

    /** Runs plescope in this process with {@code input} on standard input, on a terminal of 120 columns. */
    static CommandLineRun plescope(String input, String... args) {
        return of(WIDTH, input, args);
    }

    static CommandLineRun of(int width, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                width);
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
