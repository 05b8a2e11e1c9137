package plescope.analysis.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import plescope.analysis.store.StoreException;
import plescope.parser.TraceFormatException;

/** Fuzz target: any bytes as a file of spin code, which is read or refused. */
public final class SpinCodeFuzz {
    private SpinCodeFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] text) throws IOException {
        Path file = Files.createTempFile("spin", ".csv");
        try {
            Files.write(file, text);
            SpinCodeFile.read(file);
        } catch (TraceFormatException e) {
            // no text at all: the parser's own refusal
        } catch (StoreException e) {
            // a text that has a database's mark at its place
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw e;
            }
        } finally {
            Files.delete(file);
        }
    }
}
