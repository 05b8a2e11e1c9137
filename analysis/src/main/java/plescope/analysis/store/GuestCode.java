package plescope.analysis.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinPlace;

/**
 * What is known of the guests' code, in the tables {@code symbol} and {@code spin_code}. Names are kept of the addresses that the
 * recording shows, no others: about those a file then says the same as the symbols it was read with.
 */
record GuestCode(DuckDBConnection connection) {
    /** Call after the recorded schedule and the roster. What the tables name already keeps its name. */
    void write(GuestSymbols symbols) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet address = statement.executeQuery(SqlResource.read("recorded/spin-address.sql"));
                DuckDBAppender row = connection.createAppender("symbol")) {
            while (address.next()) {
                long rip = address.getLong(3);
                GuestSymbols.Symbol symbol = symbols.lookup(address.getString(2), rip);
                if (symbol != null) {
                    row.beginRow()
                            .append(address.getShort(1))
                            .append(rip)
                            .append(symbol.name())
                            .append(symbol.offset())
                            .endRow();
                }
            }
        }
        try (DuckDBAppender row = connection.createAppender("spin_code")) {
            for (SpinPlace.Range range : symbols.spinCode()) {
                row.beginRow()
                        .append(range.vm())
                        .append(range.lowRip())
                        .append(range.highRip())
                        .append(range.kind().name())
                        .append(range.unitPicos())
                        .endRow();
            }
        }
    }

    GuestSymbols read() throws SQLException {
        GuestSymbols symbols = GuestSymbols.NONE;
        for (Map.Entry<String, List<String>> vm : functions().entrySet()) {
            symbols = symbols.with(vm.getKey(), vm.getValue().stream());
        }
        return symbols.withSpinCode(ranges());
    }

    /** By VM, lines as a System.map has them. */
    private Map<String, List<String>> functions() throws SQLException {
        Map<String, List<String>> functions = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read("recorded/symbol.sql"))) {
            while (row.next()) {
                String digits = Long.toHexString(row.getLong(2));
                functions
                        .computeIfAbsent(row.getString(1), vm -> new ArrayList<>())
                        .add("0".repeat(16 - digits.length()) + digits + " t " + row.getString(3));
            }
        }
        return functions;
    }

    private List<SpinPlace.Range> ranges() throws SQLException {
        List<SpinPlace.Range> ranges = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.read("recorded/spin-code.sql"))) {
            while (row.next()) {
                ranges.add(new SpinPlace.Range(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        SpinPlace.Kind.valueOf(row.getString(4)),
                        row.getLong(5)));
            }
        }
        return ranges;
    }
}
