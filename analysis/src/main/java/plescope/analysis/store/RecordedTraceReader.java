package plescope.analysis.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.HostModel;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.workload.text.HostText;

/** Reads back what {@link TraceFacts} wrote about a recording. */
final class RecordedTraceReader {
    private final Connection connection;

    RecordedTraceReader(Connection connection) {
        this.connection = connection;
    }

    /** What takes one row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    RecordedTrace read() throws SQLException {
        List<RecordedTrace> found = new ArrayList<>();
        Roster roster = roster();
        HostModel host = host();
        RecordedSetting setting = setting();
        GuestSymbols symbols = new GuestCode((DuckDBConnection) connection).read();
        each(
                "recorded/trace.sql",
                row -> found.add(new RecordedTrace(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        roster,
                        host,
                        setting,
                        symbols)));
        if (found.isEmpty() || host == null || setting == null) {
            throw new StoreException("the database holds no recorded schedule to replay");
        }
        return found.get(0);
    }

    private Roster roster() throws SQLException {
        List<Roster.Vm> vms = new ArrayList<>();
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        List<Roster.HostThread> threads = new ArrayList<>();
        int[] pcpus = new int[1];
        each(
                "recorded/vm.sql",
                row -> vms.add(new Roster.Vm(
                        row.getInt(1), row.getString(2), row.getInt(3), Roster.Grouping.valueOf(row.getString(4)))));
        each(
                "recorded/vcpu.sql",
                row -> vcpus.add(
                        new Roster.Vcpu(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getString(5))));
        each(
                "recorded/thread.sql",
                row -> threads.add(new Roster.HostThread(row.getInt(1), row.getInt(2), row.getString(3))));
        each("recorded/pcpu.sql", row -> pcpus[0] = row.getInt(1));
        return new Roster(vms, vcpus, threads, pcpus[0]);
    }

    /** Null where the file has none. */
    private HostModel host() throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        each("recorded/host-model.sql", row -> facts.put(row.getString(1), row.getString(2)));
        return facts.isEmpty() ? null : HostText.host(facts);
    }

    /** Null where the file has none. What is only assumed was inferred from what is usual. */
    private RecordedSetting setting() throws SQLException {
        RecordedSetting[] found = new RecordedSetting[1];
        each("recorded/host.sql", row -> {
            if (row.getString(1).equals(TraceFacts.RECORDED_SETTING)) {
                boolean assumed = row.getString(3).equals(TraceFacts.ASSUMED);
                Origin origin = assumed ? Origin.INFERRED : Origin.valueOf(row.getString(3));
                found[0] = new RecordedSetting(row.getString(2), origin, assumed, row.getString(4));
            }
        });
        return found[0];
    }

    private void each(String query, Row reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SqlResource.read(query))) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
