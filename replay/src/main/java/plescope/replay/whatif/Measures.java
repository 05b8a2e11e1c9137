package plescope.replay.whatif;

import java.util.List;
import java.util.Map;

/**
 * What a schedule came to.
 *
 * @param vms by dense VM id
 * @param host all VMs together: sums of rates, percentiles over all; FAIRNESS is that between VMs
 * @param burstLengths PLE exits of the episodes that have any, by dense VM id: for distribution tests
 */
public record Measures(List<Map<Measure, Double>> vms, Map<Measure, Double> host, List<LengthCounts> burstLengths) {
    public Measures {
        vms = vms.stream().map(Map::copyOf).toList();
        host = Map.copyOf(host);
        burstLengths = List.copyOf(burstLengths);
    }

    /** NaN where the schedule does not show it. */
    public double of(int vm, Measure measure) {
        return vms.get(vm).getOrDefault(measure, Double.NaN);
    }
}
