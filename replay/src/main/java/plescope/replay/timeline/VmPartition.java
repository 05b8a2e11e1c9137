package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The likeliest split of vCPU threads into VMs where only numbers, thread ids and traffic are known.
 *
 * <p>Starts from rank (of the threads with one number, the lowest tid belongs to the first VM) and lets any two VMs exchange
 * vCPUs of equal number as long as that makes the whole likelier.
 */
final class VmPartition {
    /** Threads of one VM are created at an even pace: cost per e-fold of unevenness, in sixteenths of a log-likelihood [I]. */
    private static final double UNEVEN = 32;
    /** Up to this many common numbers every exchange is tried, 2^5 of them; beyond, single vCPUs and tails. */
    private static final int TRY_ALL = 6;

    private static final int MAX_ROUNDS = 16;

    private final SiblingEvidence evidence;

    VmPartition(SiblingEvidence evidence) {
        this.evidence = evidence;
    }

    /** Null where VMs differ in size, so that rank says nothing. */
    List<List<VcpuTrack>> split(List<VcpuTrack> tracks) {
        TreeMap<Integer, List<VcpuTrack>> byNumber = new TreeMap<>();
        for (VcpuTrack track : tracks) {
            byNumber.computeIfAbsent(track.number, n -> new ArrayList<>()).add(track);
        }
        int vms = tracks.isEmpty() ? 0 : byNumber.firstEntry().getValue().size();
        List<VcpuTrack[]> groups = new ArrayList<>();
        for (int vm = 0; vm < vms; vm++) {
            groups.add(new VcpuTrack[byNumber.size()]);
        }
        int position = 0;
        for (List<VcpuTrack> same : byNumber.values()) {
            if (same.size() != vms || same.get(0).number < 0) {
                return null;
            }
            same.sort(Comparator.comparingInt(t -> t.tid));
            for (int vm = 0; vm < vms; vm++) {
                groups.get(vm)[position] = same.get(vm);
            }
            position++;
        }
        if (vms > 1) {
            PairScores traffic = new PairScores(tracks.size(), evidence::score);
            for (int round = 0; round < MAX_ROUNDS && exchange(groups, traffic); round++) {
                // Each round makes the whole likelier.
            }
        }
        List<List<VcpuTrack>> result = new ArrayList<>();
        groups.forEach(group -> result.add(Arrays.asList(group)));
        return result;
    }

    private static boolean exchange(List<VcpuTrack[]> groups, PairScores traffic) {
        boolean better = false;
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                better |= exchange(groups.get(i), groups.get(j), traffic);
            }
        }
        return better;
    }

    /** Finds the best set of positions to swap between two VMs; position 0 stays, since swapping all changes nothing. */
    private static boolean exchange(VcpuTrack[] one, VcpuTrack[] two, PairScores traffic) {
        int positions = one.length;
        double best = worth(one, traffic) + worth(two, traffic);
        double atFirst = best;
        VcpuTrack[] bestOne = one.clone();
        VcpuTrack[] bestTwo = two.clone();
        int choices = positions <= TRY_ALL ? 1 << (positions - 1) : 2 * positions;
        for (int choice = 1; choice < choices; choice++) {
            VcpuTrack[] a = one.clone();
            VcpuTrack[] b = two.clone();
            for (int p = 1; p < positions; p++) {
                if (swaps(choice, p, positions)) {
                    a[p] = two[p];
                    b[p] = one[p];
                }
            }
            double worth = worth(a, traffic) + worth(b, traffic);
            if (worth > best + 1e-9) {
                best = worth;
                bestOne = a;
                bestTwo = b;
            }
        }
        System.arraycopy(bestOne, 0, one, 0, positions);
        System.arraycopy(bestTwo, 0, two, 0, positions);
        return best > atFirst;
    }

    private static boolean swaps(int choice, int position, int positions) {
        if (positions <= TRY_ALL) {
            return (choice >> (position - 1) & 1) != 0;
        }
        return choice < positions ? position == choice : position >= choice - positions + 1;
    }

    private static double worth(VcpuTrack[] vm, PairScores traffic) {
        double worth = 0;
        for (int a = 0; a < vm.length; a++) {
            for (int b = a + 1; b < vm.length; b++) {
                worth += traffic.of(vm[a].index, vm[b].index);
            }
        }
        return worth - UNEVEN * unevenness(vm);
    }

    /** How far the tid steps of a VM lie from their usual size, in e-folds; steps backwards count as ten. */
    private static double unevenness(VcpuTrack[] vm) {
        if (vm.length < 2) {
            return 0;
        }
        double[] steps = new double[vm.length - 1];
        double backwards = 0;
        for (int i = 0; i < steps.length; i++) {
            int step = vm[i + 1].tid - vm[i].tid;
            backwards += step < 0 ? 10 : 0;
            steps[i] = StrictMath.log(Math.max(1, Math.abs(step)));
        }
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        double usual = sorted[sorted.length / 2];
        double sum = backwards;
        for (double step : steps) {
            sum += Math.abs(step - usual);
        }
        return sum;
    }
}
