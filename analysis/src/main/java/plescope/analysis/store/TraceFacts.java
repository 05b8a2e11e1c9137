package plescope.analysis.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import plescope.parser.KernelHints;
import plescope.parser.ReadSummary;
import plescope.parser.diagnostic.Diagnostic;
import plescope.parser.diagnostic.DiagnosticLog;
import plescope.replay.calibration.CostSpread;
import plescope.replay.calibration.CostSpread.Cost;
import plescope.replay.calibration.RecordedHost;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.spin.GuestSymbols;
import plescope.replay.spin.SpinSummary;
import plescope.replay.timeline.TimelineSummary;
import plescope.replay.workload.text.HostText;

/** Writes the small tables: the trace and its diagnostics, who is who, runs and their metrics, symbols. */
public final class TraceFacts {
    /** Name of the host's fact that says what its log was recorded under. */
    static final String RECORDED_SETTING = "recorded setting";

    /** Origin of facts that nothing in the log speaks for. */
    static final String ASSUMED = "ASSUMED";

    private final DuckDBConnection connection;

    TraceFacts(Connection connection) {
        this.connection = (DuckDBConnection) connection;
    }

    /** The trace, its header, its tracepoints and its diagnostics. */
    public void trace(ReadSummary summary) {
        rows("trace", row -> {
            KernelHints kernel = summary.kernel();
            row.beginRow()
                    .append(summary.source())
                    .append(summary.format().label())
                    .append(summary.isa().name())
                    .append(summary.lines())
                    .append(summary.eventCount())
                    .append(summary.lostEvents())
                    .append(summary.firstTimestampNs())
                    .append(summary.spanNs())
                    .append(summary.timestampResolutionNs())
                    .append(kernel == null ? null : kernel.release())
                    .append(kernel == null ? null : kernel.atLeast())
                    .append(kernel == null ? null : kernel.before())
                    .endRow();
        });
        rows("trace_file", row -> {
            for (int i = 0; i < summary.files().size(); i++) {
                row.beginRow()
                        .append(i * ReadSummary.FILE_STEP + 1)
                        .append(summary.files().get(i))
                        .endRow();
            }
        });
        rows("trace_header", row -> {
            for (Map.Entry<String, String> fact : summary.header().entrySet()) {
                row.beginRow().append(fact.getKey()).append(fact.getValue()).endRow();
            }
        });
        rows("tracepoint", row -> {
            for (Map.Entry<String, Long> event : summary.events().entrySet()) {
                row.beginRow()
                        .append(event.getKey())
                        .append(event.getValue().longValue())
                        .endRow();
            }
        });
        diagnostics(summary.diagnostics());
    }

    /** What reports need of a log, so that the report {@code quality} can say what they lack. */
    public void needs(List<ReportNeed> needs) {
        rows("report_need", row -> {
            for (ReportNeed need : needs) {
                row.beginRow()
                        .append(need.reports())
                        .append(need.tracepoint())
                        .append(need.alias())
                        .append(need.essential())
                        .append(need.whenHalting())
                        .append(need.unknown())
                        .endRow();
            }
        });
    }

    private void diagnostics(DiagnosticLog log) {
        rows("diagnostic", row -> {
            for (Diagnostic d : log.kept()) {
                row.beginRow()
                        .append(d.code().id())
                        .append(d.severity().name())
                        .append(log.count(d.code()))
                        .append(d.file())
                        .append(d.line())
                        .append(d.column())
                        .append(d.message())
                        .append(d.hint())
                        .endRow();
            }
        });
    }

    /** VMs, vCPUs, other threads and pCPUs. */
    public void roster(Roster roster) {
        rows("vm", row -> {
            for (Roster.Vm vm : roster.vms()) {
                row.beginRow().append(narrow(vm.id(), "VMs")).append(vm.name());
                id(row, vm.tgid());
                row.append(vm.grouping().name()).endRow();
            }
        });
        rows("vcpu", row -> {
            for (Roster.Vcpu vcpu : roster.vcpus()) {
                row.beginRow()
                        .append(narrow(vcpu.index(), "vCPUs"))
                        .append(narrow(vcpu.vm(), "VMs"))
                        .append(narrow(vcpu.number(), "vCPUs of one VM"))
                        .append(vcpu.tid())
                        .append(vcpu.comm())
                        .endRow();
            }
        });
        rows("thread", row -> {
            for (Roster.HostThread thread : roster.threads()) {
                row.beginRow().append(thread.tid());
                id(row, thread.tgid());
                row.append(thread.comm()).endRow();
            }
        });
        rows("pcpu", row -> {
            for (int pcpu = 0; pcpu < roster.pcpus(); pcpu++) {
                row.beginRow().append(narrow(pcpu, "pCPUs")).endRow();
            }
        });
    }

    /** As the tables hold it. */
    private static short narrow(int number, String what) {
        if (number != (short) number) {
            throw new StoreException("a database holds no more than " + Short.MAX_VALUE + " " + what);
        }
        return (short) number;
    }

    public void run(Run run) {
        rows("run", row -> {
            row.beginRow()
                    .append((short) run.number())
                    .append(run.setting())
                    .append(run.role().name());
            if (run.role() == Run.Role.RECORDED) {
                row.appendNull();
            } else {
                row.append(run.seed());
            }
            row.append(run.elapsedNs()).endRow();
        });
    }

    /** One number about a schedule and a VM, or the whole host where {@code vm} is negative. */
    public void metric(int run, int vm, String metric, double value, String unit) {
        rows("run_metric", row -> {
            row.beginRow().append((short) run);
            if (vm < 0) {
                row.appendNull();
            } else {
                row.append((short) vm);
            }
            row.append(metric).append(value).append(unit).endRow();
        });
    }

    /** Context switches of a schedule: of the host, and to each VM's vCPUs. */
    public void switches(int run, SwitchCounter switches, Roster roster) {
        metric(run, -1, "context_switches", (double) switches.total(), "count");
        long[] counts = new long[roster.vms().size()];
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            counts[vcpu.vm()] += switches.to(vcpu.tid());
        }
        for (Roster.Vm vm : roster.vms()) {
            metric(run, vm.id(), "context_switches", (double) counts[vm.id()], "count");
        }
    }

    /** How well the timeline could be rebuilt. */
    public void timeline(int run, TimelineSummary timeline) {
        count(run, "entry_after_entry", timeline.entryAfterEntry());
        count(run, "exit_after_exit", timeline.exitAfterExit());
        count(run, "exit_without_entry", timeline.exitWithoutEntry());
        count(run, "lost_spans", timeline.lostSpans());
        count(run, "violations", timeline.violations());
        count(run, "backwards", timeline.backwards());
        count(run, "sched_events", timeline.schedEvents() ? 1 : 0);
    }

    /** What spin detection measured beside the episodes. */
    public void spin(int run, SpinSummary spin) {
        metric(run, -1, "ple_unit", (double) spin.unitPicos(), "ps");
        count(run, "ple_unit_samples", spin.unitSamples());
        count(run, "ple_base_window", spin.baseWindow());
        count(run, "ple_window_events", spin.windowEvents() ? 1 : 0);
        count(run, "spin_unknown_ends", spin.unknownEnds());
        count(run, "spin_loops", spin.loops());
        count(run, "ipi_unacknowledged", spin.unacknowledged());
    }

    /** The machine that replays simulate, and how each of its facts is known. */
    public void host(RecordedHost host) {
        HostModel.HostCosts costs = host.model().costs();
        HostModel.PleHardware ple = host.model().ple();
        String kernelDefault = "kernel default";
        List<String[]> facts = List.of(
                fact(
                        RECORDED_SETTING,
                        host.setting().setting(),
                        "",
                        host.setting().assumed()
                                ? ASSUMED
                                : host.setting().origin().name(),
                        host.setting().reason()),
                fact("pCPUs", host.model().pcpus(), "count", "RECORDED", "highest CPU number seen, plus one"),
                fact("placement", placement(host.model()), "", "INFERRED", "where the vCPUs ran"),
                fact(
                        "HZ",
                        host.model().hz(),
                        "1/s",
                        "ASSUMED",
                        "CONFIG_HZ of the distributions; no text trace shows it"),
                fact(
                        "PLE window",
                        ple.window(),
                        "count",
                        "INFERRED",
                        "base window seen in updates, else " + kernelDefault),
                fact(
                        "PLE window unit",
                        ple.unitPicos(),
                        "ps",
                        "INFERRED",
                        "mean spin per window; see ple_unit for the quickest"),
                fact("exit and entry", costs.exitNs(), "ns", "INFERRED", measured(host, Cost.EXIT)),
                fact("PLE exit without switch", costs.pauseExitNs(), "ns", "INFERRED", measured(host, Cost.PAUSE_EXIT)),
                fact("exit to switch", costs.switchOutNs(), "ns", "INFERRED", measured(host, Cost.SWITCH_OUT)),
                fact("switch to entry", costs.switchInNs(), "ns", "INFERRED", measured(host, Cost.SWITCH_IN)),
                fact("host tick", costs.tickNs(), "ns", "INFERRED", measured(host, Cost.TICK)),
                fact("IPI handling", costs.ackNs(), "ns", "INFERRED", measured(host, Cost.ACK)));
        rows("host_fact", row -> {
            short place = 0;
            for (String[] fact : facts) {
                row.beginRow().append(place++);
                for (String column : fact) {
                    row.append(column);
                }
                row.endRow();
            }
        });
        rows("host_model", row -> {
            for (Map.Entry<String, String> fact : HostText.facts(host.model()).entrySet()) {
                row.beginRow().append(fact.getKey()).append(fact.getValue()).endRow();
            }
        });
    }

    private static String measured(RecordedHost host, Cost cost) {
        String how = "median or low quantile over this log, default where too few were seen";
        for (CostSpread spread : host.spreads()) {
            if (spread.cost() == cost && spread.samples() > 0) {
                return how + "; the middle half of " + spread.samples() + " took " + spread.lowNs() + " to "
                        + spread.highNs() + " ns";
            }
        }
        return how;
    }

    private static String[] fact(String name, Object value, String unit, String origin, String reason) {
        return new String[] {name, value.toString(), unit, origin, reason};
    }

    private static String placement(HostModel model) {
        boolean anywhere = model.allowed().stream().allMatch(CpuSet.first(model.pcpus())::equals);
        return anywhere ? "pooled" : "pinned";
    }

    /** What one replay came to; its VMs are the recorded ones. */
    public void simulation(int run, SimulationSummary summary, Roster roster) {
        count(run, "simulated_events", summary.events());
        for (Roster.Vm vm : roster.vms()) {
            long workNs = roster.vcpusOf(vm.id()).stream()
                    .mapToLong(vcpu -> summary.vcpus().get(vcpu).workNs())
                    .sum();
            metric(run, vm.id(), "work", (double) workNs, "ns");
        }
    }

    private void count(int run, String metric, long value) {
        metric(run, -1, metric, (double) value, "count");
    }

    /** Names the addresses at which the recorded guests spin; call after the recorded schedule and the roster. */
    public void symbols(GuestSymbols symbols) {
        try {
            new GuestCode(connection).write(symbols);
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /**
     * Copies what another database says of its recording: the log, its diagnostics, guest functions, run 0 and its metrics.
     *
     * @param from a finished file that is not open
     */
    public void copied(Path from) {
        String name = from.toAbsolutePath().toString().replace("'", "''");
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqlResource.read("copy/attach.sql").replace("{file}", name));
            statement.execute(SqlResource.read("copy/recorded.sql"));
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    void version(int version, String plescope) {
        rows(
                "schema_version",
                row -> row.beginRow().append(version).append(plescope).endRow());
    }

    private static void id(DuckDBAppender row, int id) throws SQLException {
        if (id < 0) {
            row.appendNull();
        } else {
            row.append(id);
        }
    }

    private void rows(String table, Rows rows) {
        try (DuckDBAppender appender = connection.createAppender(table)) {
            rows.write(appender);
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** What fills a table. */
    @FunctionalInterface
    private interface Rows {
        void write(DuckDBAppender row) throws SQLException;
    }
}
