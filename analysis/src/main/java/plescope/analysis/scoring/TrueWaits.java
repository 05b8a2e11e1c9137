package plescope.analysis.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import plescope.replay.model.SpinEpisode;
import plescope.replay.scenario.text.TruthRow;

/**
 * Which true wait each found episode is.
 *
 * <p>A test-and-set lock's waiter that loses the race spins on at once. Such spins are one wait, for whoever let go last.
 */
final class TrueWaits {
    /** Logs show microseconds, cut off or rounded. */
    private static final long CLOCK_NS = 1_000;

    private TrueWaits() {}

    /** By episode, the true wait of the same vCPU that its last PLE exit lies in; each true wait goes to the first such episode. */
    static Map<Long, TruthRow> of(SyntheticReading reading) {
        Map<Integer, List<TruthRow>> truths = byVcpu(reading);
        Set<TruthRow> taken = new HashSet<>();
        Map<Long, TruthRow> matched = new TreeMap<>();
        for (SpinEpisode episode : reading.found().episodes) {
            Long lastExit = reading.found().lastExitNs.get(episode.id());
            if (lastExit != null) {
                TruthRow row = around(truths.getOrDefault(episode.vcpu(), List.of()), reading.firstNs() + lastExit);
                if (row != null && taken.add(row)) {
                    matched.put(episode.id(), row);
                }
            }
        }
        return matched;
    }

    /** All true waits, each vCPU's in time order. */
    static List<TruthRow> all(SyntheticReading reading) {
        List<TruthRow> spins = reading.truth().stream()
                .filter(row -> row.what() == TruthRow.What.SPIN)
                .sorted(Comparator.comparing(TruthRow::vm)
                        .thenComparingInt(TruthRow::vcpu)
                        .thenComparingLong(TruthRow::startNs))
                .toList();
        List<TruthRow> waits = new ArrayList<>();
        for (TruthRow row : spins) {
            TruthRow before = waits.isEmpty() ? null : waits.get(waits.size() - 1);
            if (before != null && goesOn(before, row)) {
                waits.set(waits.size() - 1, joined(before, row));
            } else {
                waits.add(row);
            }
        }
        return waits;
    }

    private static boolean goesOn(TruthRow before, TruthRow row) {
        return before.vm().equals(row.vm()) && before.vcpu() == row.vcpu() && before.endNs() == row.startNs();
    }

    private static TruthRow joined(TruthRow before, TruthRow row) {
        return new TruthRow(
                row.what(),
                before.startNs(),
                row.endNs(),
                row.vm(),
                row.vcpu(),
                row.task(),
                row.lock(),
                row.waitedNs(),
                before.pleExits() + row.pleExits(),
                row.cause(),
                row.culprit(),
                row.releaseNs(),
                row.workNs(),
                row.operations());
    }

    private static Map<Integer, List<TruthRow>> byVcpu(SyntheticReading reading) {
        Map<Integer, List<TruthRow>> truths = new HashMap<>();
        for (TruthRow row : all(reading)) {
            int vcpu = reading.found(row.vm(), row.vcpu());
            truths.computeIfAbsent(vcpu, v -> new ArrayList<>()).add(row);
        }
        return truths;
    }

    /** The last wait that began before {@code ns}, if it lasted until then. */
    private static TruthRow around(List<TruthRow> rows, long ns) {
        TruthRow last = null;
        for (TruthRow row : rows) {
            if (row.startNs() > ns + CLOCK_NS) {
                break;
            }
            last = row;
        }
        return last != null && last.endNs() + CLOCK_NS >= ns ? last : null;
    }
}
