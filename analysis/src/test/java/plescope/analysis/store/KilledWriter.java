package plescope.analysis.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that dies with a whole database written but not yet renamed; see {@link KilledWriterTest}. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] args) throws IOException {
        try (TraceDatabase database = TraceDatabase.create(Path.of(args[0]))) {
            database.facts().run(Run.recorded(5));
            database.commit();
            Runtime.getRuntime().halt(9);
        }
    }
}
