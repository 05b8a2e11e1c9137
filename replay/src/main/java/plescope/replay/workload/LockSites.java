package plescope.replay.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import plescope.replay.model.Roster;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.workload.WorkloadExtractor.VcpuRecord;

/**
 * The locks of a recording: one per VM and piece of code that spins, as nothing in a log tells two locks apart that are waited for in
 * the same function. Kernels take most of their locks there, so this merges locks that never delay each other; it errs towards more
 * contention, which the number of takings, fitted to the recorded contention, makes up for.
 */
final class LockSites {
    /** Fewer waits than this over all vCPUs of a VM are no ground for a model [I]. */
    static final int MIN_WAITS = 30;

    /** A lock's slow path may spin at several places, as far apart as one function is long. */
    private static final long FUNCTION_BYTES = 512;

    /** More takings of one VM than this merge into longer ones with the same share held, so that memory stays bounded. */
    static final long MOST_TAKINGS = 400_000;

    private final Roster roster;
    private final List<VcpuRecord> vcpus;
    private final Map<Long, Wait> waits;

    /** By VM, from the lowest address of each lock's code to its waits by position of the vCPU. */
    private final List<NavigableMap<Long, int[]>> sites = new ArrayList<>();

    LockSites(Roster roster, List<VcpuRecord> vcpus, Map<Long, Wait> waits) {
        this.roster = roster;
        this.vcpus = vcpus;
        this.waits = waits;
        for (Roster.Vm vm : roster.vms()) {
            sites.add(merged(perAddress(roster.vcpusOf(vm.id()))));
        }
    }

    private NavigableMap<Long, int[]> perAddress(List<Integer> members) {
        NavigableMap<Long, int[]> found = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < members.size(); i++) {
            for (SpinEpisode episode : vcpus.get(members.get(i)).episodes) {
                if (isLockWait(episode)) {
                    found.computeIfAbsent(episode.guestRip(), rip -> new int[members.size()])[i]++;
                }
            }
        }
        return found;
    }

    private static NavigableMap<Long, int[]> merged(NavigableMap<Long, int[]> perAddress) {
        NavigableMap<Long, int[]> found = new TreeMap<>(Long::compareUnsigned);
        for (Map.Entry<Long, int[]> site : perAddress.entrySet()) {
            Map.Entry<Long, int[]> last = found.lastEntry();
            if (last != null && site.getKey() - last.getKey() <= FUNCTION_BYTES) {
                int[] sum = last.getValue();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += site.getValue()[i];
                }
            } else {
                found.put(site.getKey(), site.getValue().clone());
            }
        }
        return found;
    }

    /** Whether a wait was for a lock, or for nothing that is known to be an IPI. */
    boolean isLockWait(SpinEpisode episode) {
        Wait wait = waits.get(episode.id());
        return wait == null || !StepAssembler.isIpiWait(wait);
    }

    /** Waits of a VM for any of its locks. */
    long waits(int vm) {
        return sites.get(vm).values().stream().mapToLong(LockSites::total).sum();
    }

    private static long total(int[] waits) {
        long sum = 0;
        for (int count : waits) {
            sum += count;
        }
        return sum;
    }

    /** The VM's locks, as named in the log. */
    List<WorkloadLock> locks(int vm, WorkloadLock.Discipline discipline) {
        return sites.get(vm).keySet().stream()
                .map(rip -> new WorkloadLock(vm, "lock@" + Long.toHexString(rip), discipline))
                .toList();
    }

    /**
     * The VM's takings shared out: over its locks as their waits are, and over its vCPUs as waits are for fair locks, which serve all
     * in turn, or as work is for others.
     *
     * @param firstLock id of the VM's first lock
     */
    List<LockUse> uses(int vm, LockChoice choice, int firstLock) {
        List<Integer> members = roster.vcpusOf(vm);
        long allWaits = Math.max(1, waits(vm));
        List<LockUse> uses = new ArrayList<>();
        int lock = firstLock;
        for (int[] counts : sites.get(vm).values()) {
            for (int i = 0; i < members.size(); i++) {
                if (counts[i] > 0) {
                    long takings = takings(choice, members, members.get(i), counts, i, allWaits);
                    uses.add(use(lock, members.get(i), Math.max(1, takings), choice.heldPermille()));
                }
            }
            lock++;
        }
        return uses;
    }

    private long takings(LockChoice choice, List<Integer> members, int vcpu, int[] counts, int i, long allWaits) {
        long bounded = Math.min(choice.takings(), MOST_TAKINGS);
        if (choice.discipline() == WorkloadLock.Discipline.FIFO) {
            return bounded * counts[i] / allWaits;
        }
        long allWork = Math.max(1, work(members));
        long share = vcpus.get(vcpu).guest.total() / 1000 * 1_000_000 / Math.max(1, allWork / 1000);
        return bounded * total(counts) / allWaits * share / 1_000_000;
    }

    private LockUse use(int lock, int vcpu, long takings, int heldPermille) {
        long periodNs = Math.max(2, vcpus.get(vcpu).guest.total() / takings);
        long heldNs = Math.max(1, periodNs * heldPermille / 1000);
        return new LockUse(lock, vcpu, Math.max(1, periodNs - heldNs), heldNs);
    }

    private long work(List<Integer> members) {
        return members.stream().mapToLong(v -> vcpus.get(v).guest.total()).sum();
    }

    /** How often the VM takes locks that it holds for that share of all work, for so long at a time. */
    long takings(int vm, int heldPermille, long heldNs) {
        return Math.max(1, work(roster.vcpusOf(vm)) / 1000 * heldPermille / heldNs);
    }

    /**
     * Whether the vCPU spent most of its guest time waiting for locks: then it most likely did so when the recording began, too, and
     * replays begin with it in the queue. Without that, vCPUs that have not run yet leave a fair lock to the others, which then hand
     * it to and fro for a slice, and do the work of a whole recording.
     */
    private boolean mostlyWaits(int vcpu) {
        long spunNs = 0;
        for (SpinEpisode episode : vcpus.get(vcpu).episodes) {
            spunNs += isLockWait(episode) ? episode.spinNs() : 0;
        }
        return spunNs > vcpus.get(vcpu).guest.total();
    }

    /**
     * The vCPU's place in the queue when the replay begins, -1 where it does not wait then. The order is that in which the recorded
     * vCPUs were first seen to move on; members of an ensemble other than the first draw it, as a fair lock that everybody waits for
     * keeps its order, and without PLE some orders suit the host's round robin much better than others.
     */
    long place(int vcpu, int member, SplittableRandom random) {
        if (!mostlyWaits(vcpu)) {
            return -1;
        }
        if (member > 0) {
            return random.nextLong(Long.MAX_VALUE);
        }
        return vcpus.get(vcpu).episodes.stream()
                .filter(this::isLockWait)
                .mapToLong(SpinEpisode::endNs)
                .findFirst()
                .orElse(0);
    }
}
