package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import plescope.replay.model.CpuSet;
import plescope.replay.model.Roster;

/**
 * Other pCPUs for vCPU threads, as by {@code taskset} or {@code cpuset.cpus}.
 *
 * @param sets for {@link Rule#SETS}: by VM or vCPU as named, later ones win
 * @param modulo for {@link Rule#CYCLIC}: number of pCPUs to go round, 0 for all
 */
record PinChange(Rule rule, Map<String, CpuSet> sets, int modulo) implements Change {
    private static final String CYCLIC_OF = "cyclic:";

    enum Rule {
        SETS,
        /** vCPU i of every VM on pCPU i mod n. */
        CYCLIC,
        /** Each VM on its own part of the machine. */
        POOLS,
        /** Everybody anywhere. */
        NONE
    }

    PinChange {
        sets = new LinkedHashMap<>(sets);
    }

    static PinChange none() {
        return new PinChange(Rule.NONE, Map.of(), 0);
    }

    static PinChange cyclic(int modulo) {
        return new PinChange(Rule.CYCLIC, Map.of(), modulo);
    }

    static PinChange sets(Map<String, CpuSet> sets) {
        return new PinChange(Rule.SETS, sets, 0);
    }

    static PinChange read(String text) {
        if (text.startsWith(CYCLIC_OF)) {
            return cyclic(count(text.substring(CYCLIC_OF.length())));
        }
        return switch (text) {
            case "none" -> none();
            case "cyclic" -> cyclic(0);
            case "pools" -> new PinChange(Rule.POOLS, Map.of(), 0);
            default -> sets(readSets(text));
        };
    }

    private static int count(String text) {
        CpuSet one = text.contains(",") || text.contains("-") ? CpuSet.of() : CpuSet.parse(text);
        if (one.size() != 1 || one.first() == 0) {
            throw new IllegalArgumentException("cyclic takes a number of pCPUs, found '" + text + "'");
        }
        return one.first();
    }

    private static Map<String, CpuSet> readSets(String text) {
        Map<String, CpuSet> sets = new LinkedHashMap<>();
        NamedValues.read(text).forEach((name, list) -> {
            CpuSet set = CpuSet.parse(list);
            if (set.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is left without a pCPU");
            }
            sets.put(name, set);
        });
        return sets;
    }

    @Override
    public Experiment apply(Experiment to) {
        Roster roster = to.work().roster();
        List<CpuSet> allowed = new ArrayList<>();
        for (Roster.Vcpu vcpu : roster.vcpus()) {
            allowed.add(
                    switch (rule) {
                        case SETS -> to.host().allowedPcpus(vcpu.index());
                        case CYCLIC -> CpuSet.of(vcpu.number() % cycle(to));
                        case POOLS -> pool(to, vcpu.vm());
                        case NONE -> CpuSet.first(to.host().pcpus());
                    });
        }
        sets.forEach((name, set) -> {
            CpuSet beyond = set.without(CpuSet.first(to.host().pcpus()));
            if (!beyond.isEmpty()) {
                throw new IllegalArgumentException("pCPU " + beyond + " of " + name + " lies beyond the machine's "
                        + CpuSet.first(to.host().pcpus()));
            }
            RosterNames.vcpus(roster, name).forEach(vcpu -> allowed.set(vcpu, set));
        });
        return to.with(to.host().on(to.host().topology(), allowed));
    }

    private int cycle(Experiment to) {
        if (modulo > to.host().pcpus()) {
            throw new IllegalArgumentException("the machine has " + to.host().pcpus() + " pCPUs, not " + modulo);
        }
        return modulo == 0 ? to.host().pcpus() : modulo;
    }

    private static CpuSet pool(Experiment to, int vm) {
        int vms = to.work().roster().vms().size();
        int pcpus = to.host().pcpus();
        if (pcpus < vms) {
            throw new IllegalArgumentException(pcpus + " pCPUs cannot be divided among " + vms + " VMs");
        }
        return CpuSet.range(vm * pcpus / vms, (vm + 1) * pcpus / vms - 1);
    }

    @Override
    public String toString() {
        return "pin="
                + switch (rule) {
                    case SETS ->
                        sets.entrySet().stream()
                                .map(set -> set.getKey() + ":" + set.getValue())
                                .collect(Collectors.joining(","));
                    case CYCLIC -> modulo == 0 ? "cyclic" : CYCLIC_OF + modulo;
                    case POOLS -> "pools";
                    case NONE -> "none";
                };
    }
}
