package plescope.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the {@code .sql} files beside the classes; no SQL text lives in Java. */
public final class SqlResource {
    private static final String ROOT = "/plescope/analysis/sql/";

    /** Schema scripts in the order they run. */
    static final List<String> SCHEMA = List.of(
            "schema/010-version.sql",
            "schema/020-trace.sql",
            "schema/030-roster.sql",
            "schema/040-run.sql",
            "schema/045-host-fact.sql",
            "schema/050-schedule.sql",
            "schema/060-spin.sql",
            "schema/065-prediction.sql",
            "schema/070-macro.sql",
            "schema/080-view.sql");

    private SqlResource() {}

    /** Text of one file, such as {@code report/exits.sql}. */
    public static String read(String name) {
        try (InputStream in = SqlResource.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no SQL resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
