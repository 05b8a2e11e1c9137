package plescope.analysis.report;

import java.util.List;
import java.util.stream.Stream;
import plescope.analysis.store.SqlResource;

/** What filters may name in one database, as users write it, and the moments that times count from. */
public final class DatabaseNames {
    private record Row(String kind, String name, long number) {}

    private final List<Row> rows;

    private DatabaseNames(List<Row> rows) {
        this.rows = rows;
    }

    public static DatabaseNames read(ReportRunner runner) {
        return new DatabaseNames(runner.sql(SqlResource.read("filter/names.sql")).rows().stream()
                .map(row -> new Row((String) row.get(0), (String) row.get(1), (Long) row.get(2)))
                .toList());
    }

    /** Names of VMs. */
    public List<String> vms() {
        return names("vm");
    }

    /** vCPUs by label, {@code vm1/vcpu3}, and by number alone. */
    public List<String> vcpus() {
        return rows.stream()
                .filter(row -> row.kind().equals("vcpu"))
                .flatMap(row -> Stream.of(row.name(), Long.toString(row.number())))
                .distinct()
                .toList();
    }

    /** Host threads of vCPUs and their processes. */
    public List<String> pids() {
        return names("pid");
    }

    /** Host CPUs. */
    public List<String> pcpus() {
        return names("pcpu");
    }

    /** Settings of the schedules, in the order of {@link #runs()}. */
    public List<String> settings() {
        return rows.stream()
                .filter(row -> row.kind().equals("run"))
                .map(Row::name)
                .toList();
    }

    /** Numbers of the schedules. */
    public List<String> runs() {
        return rows.stream()
                .filter(row -> row.kind().equals("run"))
                .map(row -> Long.toString(row.number()))
                .toList();
    }

    /** Clock reading of the first event, nanoseconds; 0 in an empty database. */
    public long firstTimestampNs() {
        return moment("first_ns");
    }

    /** Length of the recording, nanoseconds. */
    public long spanNs() {
        return moment("span_ns");
    }

    private long moment(String kind) {
        return rows.stream()
                .filter(row -> row.kind().equals(kind))
                .mapToLong(Row::number)
                .findFirst()
                .orElse(0);
    }

    private List<String> names(String kind) {
        return rows.stream()
                .filter(row -> row.kind().equals(kind))
                .map(Row::name)
                .distinct()
                .toList();
    }
}
