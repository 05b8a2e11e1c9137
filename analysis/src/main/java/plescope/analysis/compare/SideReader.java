package plescope.analysis.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plescope.analysis.report.ReportRunner;
import plescope.analysis.store.SqlResource;

/**
 * Asks a database for what comparisons need of one schedule.
 *
 * @param runner on an open database
 * @param run number of the schedule
 */
public record SideReader(ReportRunner runner, int run) {
    /** The queries, in the order they are asked. */
    private static final List<String> QUERIES = List.of("fact", "vm", "rate", "share", "length");

    /** Replays need a while to leave the state they start from, and end at different times. */
    private static final int SETTLING = 20;

    /** The queries of a comparison with all of this schedule, ready for any DuckDB client. */
    public String sql() {
        TimeGrid grid = grid(facts(), false);
        StringBuilder all = new StringBuilder();
        for (String query : QUERIES) {
            all.append(query(query, run, grid, false)).append(";\n\n");
        }
        return all.toString();
    }

    Side.Facts facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        runner.tell(
                query("fact", run, new TimeGrid(0, 1, 0), false),
                head -> {},
                row -> facts.put((String) row.get(0), (String) row.get(1)));
        return new Side.Facts(facts);
    }

    /** All of a recording, of a replay what lies between its first and last twentieth. */
    static TimeGrid grid(Side.Facts facts, boolean settled) {
        long spanNs = facts.number("span_ns");
        long settlingNs = settled ? spanNs / SETTLING : 0;
        return TimeGrid.over(settlingNs, spanNs - settlingNs);
    }

    /**
     * Reads the numbers.
     *
     * @param byFamily whether exits are told apart by what Intel and AMD have in common only
     */
    Side read(Side.Facts facts, TimeGrid grid, boolean byFamily) {
        List<Side.Vm> vms = new ArrayList<>();
        List<CellCounts> counts = new ArrayList<>();
        tell("vm", grid, byFamily, row -> {
            vms.add(new Side.Vm((String) row.get(1), Math.toIntExact(number(row, 2))));
            counts.add(new CellCounts(grid.cells(), Math.toIntExact(number(row, 2))));
        });
        tell("rate", grid, byFamily, row -> of(counts, row).event(measure(row), cell(row), number(row, 3)));
        tell("share", grid, byFamily, row -> of(counts, row)
                .share(measure(row), cell(row), number(row, 3), number(row, 4)));
        tell("length", grid, byFamily, row -> of(counts, row)
                .length(measure(row), cell(row), Math.toIntExact(number(row, 3)), Math.toIntExact(number(row, 4))));
        return new Side(facts, vms, grid, counts);
    }

    private void tell(String name, TimeGrid grid, boolean byFamily, Consumer<List<Object>> row) {
        runner.tell(query(name, run, grid, byFamily), head -> {}, row);
    }

    /** VMs are numbered from 0. */
    private static CellCounts of(List<CellCounts> counts, List<Object> row) {
        return counts.get(Math.toIntExact(number(row, 0)));
    }

    private static String measure(List<Object> row) {
        return (String) row.get(1);
    }

    private static int cell(List<Object> row) {
        return Math.toIntExact(number(row, 2));
    }

    private static long number(List<Object> row, int column) {
        return ((Number) row.get(column)).longValue();
    }

    private static String query(String name, int run, TimeGrid grid, boolean byFamily) {
        return SqlResource.read("compare/" + name + ".sql")
                .strip()
                .replace("$run", Integer.toString(run))
                .replace("$by_family", Boolean.toString(byFamily))
                .replace("$from_ns", Long.toString(grid.fromNs()))
                .replace("$cells", Integer.toString(grid.cells()))
                .replace("$cell_ns", Long.toString(grid.cellNs()));
    }
}
