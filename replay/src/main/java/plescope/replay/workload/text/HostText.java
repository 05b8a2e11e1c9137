package plescope.replay.workload.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.HostModel.HostCosts;
import plescope.replay.model.HostModel.Kvm;
import plescope.replay.model.HostModel.OsNoise;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.SchedulerTuning;
import plescope.replay.model.Topology;

/** A {@link HostModel} as named facts, and back: the one spelling that workload files and databases share. Units are in the names. */
public final class HostText {
    private static final String ALLOWED = "allowed.";
    private static final String HOME = "home.";
    private static final String CGROUP = "cgroup.";
    private static final String NOISE = "noise.";
    private static final String FEATURE = "feature.";
    private static final String SCHED = "sched.";
    private static final String NO_CPUS = "none";

    private HostText() {}

    /** Every fact by name, in the order in which files print them. */
    public static Map<String, String> facts(HostModel host) {
        Map<String, String> facts = new LinkedHashMap<>();
        Topology topology = host.topology();
        put(facts, "pcpus", topology.pcpus());
        put(facts, "threads_per_core", topology.perCore());
        put(facts, "pcpus_per_cache", topology.perLlc());
        put(facts, "pcpus_per_node", topology.perNode());
        put(facts, "hz", host.hz());
        put(facts, "tick_spread_ns", host.tickSpreadNs());
        costs(facts, host.costs());
        PleHardware ple = host.ple();
        put(facts, "ple_window", ple.window());
        put(facts, "ple_window_grow", ple.grow());
        put(facts, "ple_window_shrink", ple.shrink());
        put(facts, "ple_window_max", ple.max());
        put(facts, "ple_unit_ps", ple.unitPicos());
        Kvm kvm = host.kvm();
        put(facts, "apicv", kvm.apicv() ? 1 : 0);
        put(facts, "halt_poll_ns", kvm.haltPollNs());
        put(facts, "halt_poll_ns_grow", kvm.haltPollGrow());
        put(facts, "halt_poll_ns_grow_start", kvm.haltPollGrowStartNs());
        put(facts, "halt_poll_ns_shrink", kvm.haltPollShrink());
        for (int v = 0; v < host.allowed().size(); v++) {
            CpuSet set = host.allowed().get(v);
            facts.put(ALLOWED + v, set.isEmpty() ? NO_CPUS : set.toString());
        }
        for (int v = 0; v < host.home().size(); v++) {
            put(facts, HOME + v, host.home().get(v));
        }
        for (int vm = 0; vm < host.cgroups().size(); vm++) {
            Cgroup group = host.cgroups().get(vm);
            facts.put(CGROUP + vm, group.shares() + " " + group.quotaNs() + " " + group.periodNs());
        }
        for (int pcpu = 0; pcpu < host.noise().size(); pcpu++) {
            OsNoise noise = host.noise().get(pcpu);
            facts.put(NOISE + pcpu, noise.everyNs() + " " + noise.forNs());
        }
        new TreeMap<>(host.tuning().features()).forEach((name, on) -> put(facts, FEATURE + name, on ? 1 : 0));
        new TreeMap<>(host.tuning().numbers()).forEach((name, value) -> put(facts, SCHED + name, value));
        return facts;
    }

    private static void costs(Map<String, String> facts, HostCosts costs) {
        put(facts, "exit_ns", costs.exitNs());
        put(facts, "pause_exit_ns", costs.pauseExitNs());
        put(facts, "switch_out_ns", costs.switchOutNs());
        put(facts, "switch_in_ns", costs.switchInNs());
        put(facts, "tick_ns", costs.tickNs());
        put(facts, "resched_ipi_ns", costs.reschedIpiNs());
        put(facts, "ack_ns", costs.ackNs());
        put(facts, "cache_refill_ns", costs.cacheRefillNs());
        put(facts, "llc_migration_ns", costs.llcMigrationNs());
    }

    private static void put(Map<String, String> facts, String name, long value) {
        facts.put(name, Long.toString(value));
    }

    /**
     * The machine of these facts. What is not stated has its usual value; only {@code pcpus} must be there.
     *
     * @throws IllegalArgumentException with the fact that makes no sense
     */
    public static HostModel host(Map<String, String> facts) {
        Map<String, String> left = new LinkedHashMap<>(facts);
        if (!left.containsKey("pcpus")) {
            throw new IllegalArgumentException("the host lacks its number of pCPUs: host pcpus N");
        }
        int pcpus = integer(left, "pcpus", 0);
        Topology topology = new Topology(
                pcpus,
                integer(left, "threads_per_core", 1),
                integer(left, "pcpus_per_cache", pcpus),
                integer(left, "pcpus_per_node", pcpus));
        int hz = integer(left, "hz", 250);
        long spreadNs = number(left, "tick_spread_ns", HostModel.STAGGERED_TICKS);
        HostCosts costs = costs(left);
        PleHardware ple = ple(left);
        Kvm kvm = kvm(left);
        SchedulerTuning tuning = tuning(left);
        HostModel host = new HostModel(
                topology, allowed(left), home(left), hz, costs, ple, kvm, cgroups(left), tuning, noise(left), spreadNs);
        if (!left.isEmpty()) {
            String unknown = left.keySet().iterator().next();
            throw new IllegalArgumentException("no fact of a host is called '" + unknown + "'"
                    + (unknown.indexOf('.') > 0 ? ", or the one before it in its list is missing" : ""));
        }
        return host;
    }

    private static HostCosts costs(Map<String, String> left) {
        HostCosts usual = HostCosts.DEFAULT;
        return new HostCosts(
                number(left, "exit_ns", usual.exitNs()),
                number(left, "pause_exit_ns", usual.pauseExitNs()),
                number(left, "switch_out_ns", usual.switchOutNs()),
                number(left, "switch_in_ns", usual.switchInNs()),
                number(left, "tick_ns", usual.tickNs()),
                number(left, "resched_ipi_ns", usual.reschedIpiNs()),
                number(left, "ack_ns", usual.ackNs()),
                number(left, "cache_refill_ns", usual.cacheRefillNs()),
                number(left, "llc_migration_ns", usual.llcMigrationNs()));
    }

    private static PleHardware ple(Map<String, String> left) {
        PleHardware usual = PleHardware.VMX_DEFAULT;
        return new PleHardware(
                integer(left, "ple_window", usual.window()),
                integer(left, "ple_window_grow", usual.grow()),
                integer(left, "ple_window_shrink", usual.shrink()),
                integer(left, "ple_window_max", usual.max()),
                number(left, "ple_unit_ps", usual.unitPicos()));
    }

    private static Kvm kvm(Map<String, String> left) {
        Kvm usual = Kvm.DEFAULT;
        return new Kvm(
                integer(left, "apicv", usual.apicv() ? 1 : 0) != 0,
                number(left, "halt_poll_ns", usual.haltPollNs()),
                integer(left, "halt_poll_ns_grow", usual.haltPollGrow()),
                number(left, "halt_poll_ns_grow_start", usual.haltPollGrowStartNs()),
                integer(left, "halt_poll_ns_shrink", usual.haltPollShrink()));
    }

    private static SchedulerTuning tuning(Map<String, String> left) {
        SchedulerTuning tuning = SchedulerTuning.DEFAULT;
        for (String name : List.copyOf(left.keySet())) {
            if (name.startsWith(FEATURE)) {
                tuning = tuning.with(name.substring(FEATURE.length()), integer(left, name, 0) != 0);
            } else if (name.startsWith(SCHED)) {
                tuning = tuning.with(name.substring(SCHED.length()), number(left, name, 0));
            }
        }
        return tuning;
    }

    private static List<CpuSet> allowed(Map<String, String> left) {
        List<CpuSet> allowed = new ArrayList<>();
        for (String text = left.remove(ALLOWED + 0); text != null; text = left.remove(ALLOWED + allowed.size())) {
            allowed.add(text.equals(NO_CPUS) ? CpuSet.of() : CpuSet.parse(text));
        }
        return allowed;
    }

    private static List<Integer> home(Map<String, String> left) {
        List<Integer> home = new ArrayList<>();
        while (left.containsKey(HOME + home.size())) {
            home.add(integer(left, HOME + home.size(), -1));
        }
        return home;
    }

    private static List<Cgroup> cgroups(Map<String, String> left) {
        List<Cgroup> groups = new ArrayList<>();
        for (String text = left.remove(CGROUP + 0); text != null; text = left.remove(CGROUP + groups.size())) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(
                        "a cgroup is its shares, quota and period: 1024 -1 100000000; found '" + text + "'");
            }
            groups.add(new Cgroup(parse("shares", parts[0]), parse("quota", parts[1]), parse("period", parts[2])));
        }
        return groups;
    }

    private static List<OsNoise> noise(Map<String, String> left) {
        List<OsNoise> noise = new ArrayList<>();
        for (String text = left.remove(NOISE + 0); text != null; text = left.remove(NOISE + noise.size())) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(
                        "noise is how often and how long, in nanoseconds: 50000000 40000; found '" + text + "'");
            }
            noise.add(new OsNoise(parse("noise", parts[0]), parse("noise", parts[1])));
        }
        return noise;
    }

    private static int integer(Map<String, String> left, String name, int usual) {
        long value = number(left, name, usual);
        if (value != (int) value) {
            throw new IllegalArgumentException(name + " is too large: " + value);
        }
        return (int) value;
    }

    private static long number(Map<String, String> left, String name, long usual) {
        String text = left.remove(name);
        return text == null ? usual : parse(name, text);
    }

    private static long parse(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, found '" + text + "'", e);
        }
    }
}
