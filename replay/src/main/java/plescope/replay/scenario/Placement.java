package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import plescope.replay.model.CpuSet;
import plescope.replay.policy.EditDistance;
import plescope.replay.scenario.grammar.ScenarioParser.CpusContext;
import plescope.replay.scenario.grammar.ScenarioParser.PinOneToOneContext;
import plescope.replay.scenario.grammar.ScenarioParser.PinSomeContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmEntryContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmPoolContext;

/** Where the threads of a VM may run: its pool, and pins within it. */
record Placement(SourceText source, Values values, HostReader.Machine machine, Map<String, CpuSet> pools) {
    /** Per vCPU, the pCPUs its thread may use; empty for all. */
    List<CpuSet> of(VmContext vm, int vcpus, Fields fields) {
        CpuSet pool = CpuSet.of();
        for (VmEntryContext entry : vm.vmEntry()) {
            if (entry instanceof VmPoolContext named) {
                fields.once(entry.getStart());
                pool = pool(named);
            }
        }
        List<CpuSet> allowed = new ArrayList<>(Collections.nCopies(vcpus, pool));
        for (VmEntryContext entry : vm.vmEntry()) {
            if (entry instanceof PinOneToOneContext) {
                fields.once(entry.getStart());
                pinOneToOne(entry.getStart(), pool.isEmpty() ? all() : pool, allowed);
            } else if (entry instanceof PinSomeContext pin) {
                CpuSet targets = pcpus(pin.pcpus);
                CpuSet who = values.cpus(pin.vcpus, "vCPU", vcpus - 1);
                for (int vcpu = who.first(); vcpu >= 0; vcpu = who.next(vcpu + 1)) {
                    allowed.set(vcpu, targets);
                }
            }
        }
        return allowed;
    }

    CpuSet pcpus(CpusContext list) {
        return values.cpus(list, "pCPU", machine.topology().pcpus() - 1);
    }

    private CpuSet all() {
        return CpuSet.first(machine.topology().pcpus());
    }

    private CpuSet pool(VmPoolContext named) {
        if (named.cpus() != null) {
            return pcpus(named.cpus());
        }
        String name = Values.name(named.name());
        CpuSet pool = pools.get(name);
        if (pool == null) {
            List<String> known = List.copyOf(pools.keySet());
            throw source.error(
                    named.name().getStart(),
                    "there is no pool '" + name + "' above this line",
                    known.isEmpty() ? "none is declared" : "did you mean '" + EditDistance.nearest(name, known) + "'?");
        }
        return pool;
    }

    private void pinOneToOne(Token at, CpuSet pool, List<CpuSet> allowed) {
        if (pool.size() < allowed.size()) {
            throw source.error(
                    at, allowed.size() + " vCPUs cannot be pinned 1:1 to the " + pool.size() + " pCPUs " + pool);
        }
        int pcpu = pool.first();
        for (int vcpu = 0; vcpu < allowed.size(); vcpu++) {
            allowed.set(vcpu, CpuSet.of(pcpu));
            pcpu = pool.next(pcpu + 1);
        }
    }
}
