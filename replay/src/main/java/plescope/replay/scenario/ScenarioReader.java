package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.Token;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.policy.Setting;
import plescope.replay.scenario.grammar.ScenarioParser.AboutContext;
import plescope.replay.scenario.grammar.ScenarioParser.CalibratedContext;
import plescope.replay.scenario.grammar.ScenarioParser.DefaultSettingContext;
import plescope.replay.scenario.grammar.ScenarioParser.FileContext;
import plescope.replay.scenario.grammar.ScenarioParser.HostContext;
import plescope.replay.scenario.grammar.ScenarioParser.ParamContext;
import plescope.replay.scenario.grammar.ScenarioParser.PoolContext;
import plescope.replay.scenario.grammar.ScenarioParser.RunContext;
import plescope.replay.scenario.grammar.ScenarioParser.SeedsContext;
import plescope.replay.scenario.grammar.ScenarioParser.SourceContext;
import plescope.replay.scenario.grammar.ScenarioParser.StatementContext;
import plescope.replay.scenario.grammar.ScenarioParser.TextContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmContext;
import plescope.replay.scenario.grammar.ScenarioParser.WarmUpContext;

/** Reads the statements of a scenario in the order of the file. */
final class ScenarioReader {
    /** Threads a host can sensibly be asked to run. */
    private static final int MAX_VCPUS = 8192;

    private static final int MAX_COPIES = 1024;
    private static final int MAX_SEED = 8191;
    private static final long MAX_RUN_NS = 3_600_000_000_000L;

    private final SourceText source;
    private final Values values;
    private final Fields once;
    private final Map<String, CpuSet> pools = new TreeMap<>();
    private final NameTable vmNames;
    private final List<VmSpec> vms = new ArrayList<>();
    private final List<CpuSet> allowed = new ArrayList<>();
    private final List<Cgroup> cgroups = new ArrayList<>();
    private final List<Calibration> calibrated = new ArrayList<>();
    private final StringBuilder about = new StringBuilder();
    private final StringBuilder sources = new StringBuilder();

    private HostReader.Machine machine;
    private Setting setting = Setting.parse("eevdf-6.12");
    private long spanNs = 1_000_000_000;
    private long warmUpNs;
    private Token warmUpAt;
    private CpuSet seeds = CpuSet.of(1);

    ScenarioReader(SourceText source, Map<String, String> parameters) {
        this.source = source;
        this.values = new Values(source, parameters);
        this.once = new Fields(source, values);
        this.vmNames = new NameTable(source, "VM");
    }

    Scenario read(FileContext file) {
        file.statement().forEach(this::statement);
        values.refuseUnknownParameters();
        if (machine == null) {
            throw source.error("the scenario has no host", "add 'host { pcpus 8; }'");
        }
        if (vms.isEmpty()) {
            throw source.error("the scenario has no VM", "add 'vm \"guest\" { vcpus 4; task ... }'");
        }
        if (warmUpNs >= spanNs) {
            throw source.error(warmUpAt, "the warm-up is part of the run and must be shorter");
        }
        HostModel host = new HostModel(
                machine.topology(),
                allowed,
                List.of(),
                machine.hz(),
                machine.costs(),
                machine.ple(),
                machine.kvm(),
                cgroups);
        return new Scenario(
                Values.unquoted(file.title.getText()),
                about.toString(),
                sources.toString(),
                calibrated,
                values.parameters(),
                machine.arch(),
                machine.isa(),
                host,
                vms,
                setting,
                spanNs,
                warmUpNs,
                seedList());
    }

    private void statement(StatementContext statement) {
        if (statement instanceof ParamContext param) {
            values.declare(param);
        } else if (statement instanceof AboutContext prose) {
            append(about, Values.prose(prose.STRING()));
        } else if (statement instanceof SourceContext named) {
            append(sources, Values.prose(named.STRING()));
        } else if (statement instanceof CalibratedContext fitted) {
            calibrated.add(values.declare(fitted));
        } else if (statement instanceof PoolContext pool) {
            pool(pool);
        } else if (statement instanceof VmContext vm) {
            vm(vm);
        } else {
            single(statement);
        }
    }

    /** Statements that stand once. */
    private void single(StatementContext statement) {
        once.once(statement.getStart());
        if (statement instanceof HostContext host) {
            machine = new HostReader(source, values).read(host);
        } else if (statement instanceof DefaultSettingContext named) {
            setting = setting(named.text());
        } else if (statement instanceof RunContext run) {
            spanNs = values.nanos(run.value(), "run", 1_000_000, MAX_RUN_NS);
        } else if (statement instanceof WarmUpContext warmUp) {
            warmUpAt = warmUp.getStart();
            warmUpNs = values.nanos(warmUp.value(), "warm-up", 0, MAX_RUN_NS);
        } else if (statement instanceof SeedsContext list) {
            seeds = values.cpus(list.cpus(), "seed", MAX_SEED);
        } else {
            throw new IllegalStateException("a statement of no known kind: " + statement.getText());
        }
    }

    private static void append(StringBuilder prose, String text) {
        prose.append(prose.length() == 0 ? "" : " ").append(text);
    }

    private Setting setting(TextContext text) {
        try {
            return Setting.parse(values.text(text));
        } catch (IllegalArgumentException e) {
            ScenarioException refusal = source.error(text.getStart(), e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    private void pool(PoolContext pool) {
        requireHost(pool.getStart());
        String name = Values.name(pool.name());
        if (pools.put(name, new Placement(source, values, machine, pools).pcpus(pool.cpus())) != null) {
            throw source.error(pool.name().getStart(), "pool '" + name + "' is declared twice");
        }
    }

    private void requireHost(Token at) {
        if (machine == null) {
            throw source.error(at, "the host must stand before its pools and VMs");
        }
    }

    private void vm(VmContext vm) {
        requireHost(vm.getStart());
        String name = values.text(vm.text());
        int copies = vm.value() == null ? 1 : values.integer(vm.value(), "number of VMs", 0, MAX_COPIES);
        for (int copy = 0; copy < copies; copy++) {
            values.enterCopy(copy);
            String full = vm.value() == null ? name : name + copy;
            vmNames.declare(vm.text().getStart(), full);
            VmReader.Placed placed = new VmReader(source, values, machine, pools).read(full, vm);
            vms.add(placed.vm());
            allowed.addAll(placed.allowed());
            cgroups.add(placed.cgroup());
            if (allowed.size() > MAX_VCPUS) {
                throw source.error(vm.getStart(), "more than " + MAX_VCPUS + " vCPUs in all");
            }
        }
        values.leaveCopies();
    }

    private List<Long> seedList() {
        List<Long> list = new ArrayList<>();
        for (int seed = seeds.first(); seed >= 0; seed = seeds.next(seed + 1)) {
            list.add((long) seed);
        }
        return list;
    }
}
