package plescope.analysis.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.parser.event.ExitReason;

/** Numbers exit reasons by first use in a file and writes the row of each new one to {@code exit_reason}. */
final class ExitReasonTable {
    private static final int REASON = LoadTable.VM_EXIT.column("reason");

    private final Connection connection;
    private final ExitReasonNumbers numbers = new ExitReasonNumbers();
    private int written;

    ExitReasonTable(Connection connection) {
        this.connection = connection;
    }

    /** Replaces a schedule's own reason numbers, which are places in {@code local}, by the file's. */
    void number(ColumnBatch exits, List<ExitReason> local) throws SQLException {
        long[] global = new long[local.size()];
        for (int i = 0; i < global.length; i++) {
            global[i] = numbers.of(local.get(i));
        }
        for (int row = 0; row < exits.rows(); row++) {
            exits.replaceNumber(REASON, row, global[(int) exits.number(REASON, row)]);
        }
        if (written < numbers.all().size()) {
            writeNew();
        }
    }

    private void writeNew() throws SQLException {
        try (DuckDBAppender row = ((DuckDBConnection) connection).createAppender("exit_reason")) {
            for (; written < numbers.all().size(); written++) {
                ExitReason reason = numbers.all().get(written);
                row.beginRow();
                row.append((short) written).append(reason.isa().name());
                if (reason.code() < 0) {
                    row.appendNull();
                } else {
                    row.append(reason.code());
                }
                row.append(reason.name()).append(reason.family().name());
                row.append(reason.spelling()).append(reason.failedEntry()).endRow();
            }
        }
    }
}
