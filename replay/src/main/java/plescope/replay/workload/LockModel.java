package plescope.replay.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How the VMs of a recording use their locks, as far as it tells.
 *
 * @param vms by dense VM id: the readings that explain the recording about equally well, best first; empty where nothing is known
 */
public record LockModel(List<List<LockChoice>> vms) {
    /** Nothing is known of any lock. */
    public static final LockModel NONE = new LockModel(List.of());

    /** Members of an ensemble other than the first take up to so many permille more or fewer takings than their reading says [I]. */
    private static final int JITTER_PERMILLE = 150;

    public LockModel {
        vms = vms.stream().map(List::copyOf).toList();
    }

    /** The reading of a VM that a member of an ensemble takes: the best for member 0; null where nothing is known. */
    LockChoice of(int vm, int member) {
        if (vm >= vms.size() || vms.get(vm).isEmpty()) {
            return null;
        }
        List<LockChoice> readings = vms.get(vm);
        if (member == 0) {
            return readings.get(0);
        }
        SplittableRandom random = new SplittableRandom(((long) member << 32) + vm);
        LockChoice drawn = readings.get(random.nextInt(readings.size()));
        long permille = 1000L - JITTER_PERMILLE + random.nextInt(2 * JITTER_PERMILLE + 1);
        return new LockChoice(drawn.discipline(), Math.max(1, drawn.takings() * permille / 1000), drawn.heldPermille());
    }
}
