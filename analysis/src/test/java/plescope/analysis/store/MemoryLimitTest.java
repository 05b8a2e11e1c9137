package plescope.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {
    @TempDir
    private Path folder;

    @AfterEach
    void usual() {
        MemoryLimit.DEFAULT.use();
    }

    @ParameterizedTest
    @CsvSource({
        "256MB, 256000000",
        "300000 kb, 300000000",
        "2GB, 2000000000",
        "512MiB, 536870912",
        "1.5gib, 1610612736",
        "1TiB, 1099511627776",
    })
    void sizesAreReadAsDuckDbSpellsThem(String text, long bytes) {
        assertThat(MemoryLimit.parse(text)).contains(new MemoryLimit(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "256", "-1GB", "1e9MB", "80%", "1 2MB", "256 parsecs", "999999999999999TiB"})
    void nonsenseIsNoSize(String text) {
        assertThat(MemoryLimit.parse(text)).isEmpty();
    }

    @Test
    void whatIsTooLittleIsKnownBefore() {
        assertThat(MemoryLimit.LEAST.isEnough()).isTrue();
        assertThat(new MemoryLimit(MemoryLimit.LEAST.bytes() - 1).isEnough()).isFalse();
    }

    @Test
    void databasesOpenedFromThenOnKeepToIt() throws SQLException, IOException {
        // DuckDB prints powers of two: 500,000,000 bytes are 476.8 MiB.
        new MemoryLimit(500_000_000).use();
        try (TraceDatabase database = TraceDatabase.create(folder.resolve("t.duckdb"))) {
            assertThat(setting(database, "memory_limit")).isEqualTo("476.8 MiB");
        }
    }

    @Test
    void databasesOpenAtOnceSpillIntoFoldersOfTheirOwn() throws SQLException {
        try (TraceDatabase one = TraceDatabase.inMemory();
                TraceDatabase other = TraceDatabase.inMemory()) {
            List<String> folders = List.of(setting(one, "temp_directory"), setting(other, "temp_directory"));
            assertThat(folders).doesNotHaveDuplicates().allMatch(name -> Path.of(name)
                    .getFileName()
                    .toString()
                    .matches("plescope-duckdb-" + ProcessHandle.current().pid() + "-[0-9]+"));
        }
    }

    @Test
    void whatSpilledIsGoneWithTheDatabase() throws SQLException {
        MemoryLimit.LEAST.use();
        Path spilled;
        try (TraceDatabase database = TraceDatabase.inMemory()) {
            spilled = Path.of(setting(database, "temp_directory"));
            try (Statement statement = database.connection().createStatement()) {
                // 16 bytes in 20 million rows are 320 MB, more than twice the limit.
                statement.execute(
                        "CREATE TABLE t AS SELECT hash(i) AS a, hash(i + 1) AS b FROM range(20000000) AS r(i)");
            }
            assertThat(spilled).isNotEmptyDirectory();
        }
        assertThat(Files.exists(spilled)).isFalse();
    }

    private static String setting(TraceDatabase database, String name) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('" + name + "')")) {
            row.next();
            return row.getString(1);
        }
    }
}
