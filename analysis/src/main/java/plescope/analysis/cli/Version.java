package plescope.analysis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Which plescope this is, as the build wrote it down.
 *
 * @param commit of the sources, with {@code -dirty} where they were changed since; {@code unknown} without git
 * @param libraries with their versions
 */
record Version(String number, String commit, String libraries) {
    static Version read() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties");
                InputStream commit = Version.class.getResourceAsStream("commit")) {
            properties.load(in);
            return new Version(
                    properties.getProperty("version"),
                    commit == null ? "unknown" : new String(commit.readAllBytes(), StandardCharsets.UTF_8).strip(),
                    properties.getProperty("libraries"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code --version} and for reports of faults. */
    String text() {
        return "plescope " + number + " (commit " + commit + ")\n" + libraries + "\nJava "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\n";
    }
}
