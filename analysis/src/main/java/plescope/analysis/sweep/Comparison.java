package plescope.analysis.sweep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.whatif.Measure;
import plescope.replay.whatif.Measures;
import plescope.replay.whatif.Recording.SpinEvidence;
import plescope.replay.whatif.WhatIf;

/** Compares what-ifs with a reference, both replayed with the same draws. */
final class Comparison {
    /** All VMs together. */
    static final int HOST = -1;

    private final ReplayRunner runner;
    private final List<Draw> draws;
    private final WhatIf reference;

    /** @param draws that identity, reference and every what-if compared were replayed with */
    Comparison(ReplayRunner runner, List<Draw> draws, WhatIf reference) {
        this.runner = runner;
        this.draws = draws;
        this.reference = reference;
    }

    /** @param vm dense id, or {@link #HOST} */
    Estimate of(WhatIf whatIf, int vm, Measure measure) {
        Measures measured = runner.recording().measured();
        return Estimate.of(
                measure,
                values(whatIf, vm, measure),
                values(reference, vm, measure),
                measured == null ? Double.NaN : value(measured, vm, measure),
                values(runner.identity(), vm, measure));
    }

    Map<Measure, Estimate> of(WhatIf whatIf, int vm) {
        Map<Measure, Estimate> all = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            all.put(measure, of(whatIf, vm, measure));
        }
        return all;
    }

    /** The verdict of an estimate of that what-if, with what only the recording knows. */
    Estimate.Verdict verdict(WhatIf whatIf, Estimate estimate) {
        if (whatIf.text().equals(reference.text())) {
            return Estimate.Verdict.REFERENCE;
        }
        return runner.recording().spin() == SpinEvidence.NONE ? Estimate.Verdict.CANNOT_ANSWER : estimate.verdict();
    }

    private double[] values(WhatIf whatIf, int vm, Measure measure) {
        List<Measures> replays = runner.of(whatIf, draws);
        return replays.stream().mapToDouble(each -> value(each, vm, measure)).toArray();
    }

    private static double value(Measures measures, int vm, Measure measure) {
        return vm == HOST ? measures.host().getOrDefault(measure, Double.NaN) : measures.of(vm, measure);
    }

    /** Means over the draws, as one schedule. */
    Measures mean(WhatIf whatIf) {
        List<Map<Measure, Double>> vms = new ArrayList<>();
        for (int vm = 0; vm < runner.recording().roster().vms().size(); vm++) {
            vms.add(means(whatIf, vm));
        }
        return new Measures(vms, means(whatIf, HOST), List.of());
    }

    private Map<Measure, Double> means(WhatIf whatIf, int vm) {
        Map<Measure, Double> means = new HashMap<>();
        for (Measure measure : Measure.values()) {
            means.put(measure, Estimate.mean(values(whatIf, vm, measure)));
        }
        return means;
    }
}
