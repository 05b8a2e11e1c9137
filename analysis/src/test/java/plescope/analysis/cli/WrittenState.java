package plescope.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a file or folder holds, as a text that equal contents share. */
final class WrittenState {
    static final String ABSENT = "absent";
    private static final String OLD = "old";

    private WrittenState() {}

    /** Puts an older version there, as an earlier run of the program would have left it. */
    static void age(Path target, boolean folder) throws IOException {
        clear(target);
        if (folder) {
            Files.createDirectory(target);
            Files.writeString(target.resolve("vm.csv"), OLD);
        } else {
            Files.writeString(target, OLD);
        }
    }

    static void clear(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> all = Files.walk(target)) {
                for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    static String of(Path target) throws IOException {
        if (!Files.exists(target)) {
            return ABSENT;
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> all = Files.walk(target)) {
                TreeMap<String, String> files = new TreeMap<>();
                for (Path one : all.filter(Files::isRegularFile).toList()) {
                    files.put(target.relativize(one).toString(), digest(one));
                }
                return files.toString();
            }
        }
        boolean database = target.toString().endsWith(".duckdb") && Files.size(target) != OLD.length();
        return database ? rows(target) : digest(target);
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of every table, and a sum over what they say. */
    private static String rows(Path database) {
        TreeMap<String, String> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database, readOnly());
                Statement statement = connection.createStatement()) {
            for (String table : names(statement)) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*) || '/' || coalesce(sum(hash(t)), 0) FROM \"" + table + "\" AS t")) {
                    row.next();
                    tables.put(table, row.getString(1));
                }
            }
            return tables.toString();
        } catch (SQLException e) {
            return "no database: " + e.getMessage();
        }
    }

    private static Properties readOnly() {
        Properties properties = new Properties();
        properties.setProperty("duckdb.read_only", "true");
        return properties;
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY table_name")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
