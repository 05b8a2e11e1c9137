package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.Roster;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.WhatIf;

/** Replays a list of what-ifs beside the identity replay and compares all of them with it. */
public final class Sweep {
    private final ReplayRunner runner;
    private final List<WhatIf> whatIfs;
    private final List<Draw> draws;

    /** @param whatIfs in the order of the answer; those that come to the same text are one */
    public Sweep(ReplayRunner runner, List<WhatIf> whatIfs, List<Draw> draws) {
        this.runner = runner;
        Map<String, WhatIf> distinct = new LinkedHashMap<>();
        distinct.put(runner.identity().text(), runner.identity());
        whatIfs.forEach(whatIf -> distinct.putIfAbsent(whatIf.text(), whatIf));
        this.whatIfs = List.copyOf(distinct.values());
        this.draws = List.copyOf(draws);
    }

    /** Cells, the identity replay among them. */
    public int size() {
        return whatIfs.size();
    }

    /**
     * What one what-if came to.
     *
     * @param paretoFront whether no other cell beats it in throughput, fairness and p99 lock wait at once
     * @param mean over the draws
     * @param scopes estimates for the host, then for each VM
     */
    public record Cell(WhatIf whatIf, boolean paretoFront, Measures mean, List<Scope> scopes) {
        public Cell {
            scopes = List.copyOf(scopes);
        }

        /** All VMs together. */
        public Scope host() {
            return scopes.get(0);
        }
    }

    /** Estimates for the host or one VM. */
    public record Scope(String name, Map<Measure, Estimate> estimates, Map<Measure, Estimate.Verdict> verdicts) {}

    /** Makes what replays are missing and compares; the identity replay comes first. */
    public List<Cell> run() {
        runner.run(whatIfs, draws);
        Comparison comparison = new Comparison(runner, draws, runner.identity());
        List<Measures> means = whatIfs.stream().map(comparison::mean).toList();
        boolean[] front = ParetoFront.of(means);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < whatIfs.size(); i++) {
            cells.add(new Cell(whatIfs.get(i), front[i], means.get(i), scopes(comparison, whatIfs.get(i))));
        }
        return cells;
    }

    private List<Scope> scopes(Comparison comparison, WhatIf whatIf) {
        List<Scope> scopes = new ArrayList<>(List.of(scope("all", comparison, whatIf, Comparison.HOST)));
        for (Roster.Vm vm : runner.recording().roster().vms()) {
            scopes.add(scope(vm.name(), comparison, whatIf, vm.id()));
        }
        return scopes;
    }

    private static Scope scope(String name, Comparison comparison, WhatIf whatIf, int vm) {
        Map<Measure, Estimate> estimates = comparison.of(whatIf, vm);
        Map<Measure, Estimate.Verdict> verdicts = new LinkedHashMap<>();
        estimates.forEach((measure, estimate) -> verdicts.put(measure, comparison.verdict(whatIf, estimate)));
        return new Scope(name, estimates, verdicts);
    }
}
