package plescope;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import plescope.analysis.cli.Main;

/**
 * What one command line did, run in this process. Files of the project are named from its root in the output, wherever the test
 * runs.
 */
record RunFromRoot(int code, String out, String err) {
    static final Path ROOT = Path.of(System.getProperty("plescope.root")).toAbsolutePath();

    /** Wide enough that no table is cut. */
    private static final int WIDTH = 10_000;

    static RunFromRoot of(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                words,
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                WIDTH);
        return new RunFromRoot(code, fromRoot(out), fromRoot(err));
    }

    private static String fromRoot(ByteArrayOutputStream text) {
        return text.toString(StandardCharsets.UTF_8).replace(ROOT + "/", "");
    }
}
