package plescope.replay.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hints that two vCPU threads belong to one VM, for logs that print no process ids.
 *
 * <ul>
 *   <li>An IPI to vCPU N: the thread with that number that next enters its guest with this vector injected is a sibling, one
 *       that enters without is none.
 *   <li>A vCPU thread woken in another's context while that sends an IPI.
 *   <li>Whom a spinner's pCPU goes to after a PAUSE exit, against whom it goes to otherwise: KVM yields to siblings only.
 * </ul>
 */
final class SiblingEvidence {
    /** Log-likelihood ratio, in sixteenths, of an IPI that arrived: siblings 0.9, strangers 0.4 [I]. */
    private static final int ARRIVED = 13;
    /** The same of one that did not: 0.1 against 0.6 [I]. */
    private static final int MISSED = -29;

    private static final int NO_IPI = -1;
    /** A wake-up out of the sender's context names the receiver. */
    private static final int WOKEN = 80;
    /** Who follows whom on a pCPU depends on who is queued there more than on yields: never more than a hint. */
    private static final double YIELD_LIMIT = 16;
    /** More open probes than vCPUs of a large VM mean a broadcast storm: further ones add nothing. */
    private static final int MAX_PROBES = 64;

    private static final int VECTORS = 256;

    private int[] ipiInHand = new int[8];

    private record Probe(int sender, int vector) {}

    private final VcpuPairs pairs = new VcpuPairs();
    private final List<List<Probe>> probes = new ArrayList<>();
    private final List<List<Integer>> injected = new ArrayList<>();
    private long[] pauseSwitches = new long[8];
    private long[] otherSwitches = new long[8];
    private long observations;

    void newVcpu(int index) {
        probes.add(new ArrayList<>());
        injected.add(new ArrayList<>());
        if (index >= pauseSwitches.length) {
            pauseSwitches = Arrays.copyOf(pauseSwitches, index * 2);
            otherSwitches = Arrays.copyOf(otherSwitches, index * 2);
            ipiInHand = Arrays.copyOf(ipiInHand, index * 2);
        }
        ipiInHand[index] = NO_IPI;
    }

    /** How much was seen; grows only. */
    long observations() {
        return observations;
    }

    /** This vCPU's thread emulates an IPI to that APIC id, until its next entry. */
    void sending(int sender, int apicId) {
        ipiInHand[sender] = apicId;
    }

    /** Whether a wake-up in this vCPU's context can be the IPI it sends to that vCPU number, and not just a timer's. */
    boolean wakesByIpi(int sender, int number) {
        return number >= 0 && ipiInHand[sender] == number;
    }

    void ipiMayHaveReached(int sender, int candidate, int vector) {
        List<Probe> open = probes.get(candidate);
        if (open.size() < MAX_PROBES) {
            open.add(new Probe(sender, vector));
        }
    }

    void injected(int vcpu, int vector) {
        List<Integer> vectors = injected.get(vcpu);
        if (!probes.get(vcpu).isEmpty() && vectors.size() < VECTORS && !vectors.contains(vector)) {
            vectors.add(vector);
        }
    }

    void entered(int vcpu) {
        ipiInHand[vcpu] = NO_IPI;
        List<Probe> open = probes.get(vcpu);
        if (open.isEmpty()) {
            return;
        }
        List<Integer> vectors = injected.get(vcpu);
        for (Probe probe : open) {
            pairs.at(probe.sender(), vcpu).ipiScore += vectors.contains(probe.vector()) ? ARRIVED : MISSED;
            observations++;
        }
        open.clear();
        vectors.clear();
    }

    void wokeBySender(int sender, int wakee) {
        pairs.at(sender, wakee).ipiScore += WOKEN;
        observations++;
    }

    void switched(int from, int to, boolean afterPause) {
        VcpuPairs.Pair pair = pairs.at(from, to);
        observations++;
        if (afterPause) {
            pair.pauseTo++;
            pauseSwitches[from]++;
        } else {
            pair.otherTo++;
            otherSwitches[from]++;
        }
    }

    /** Log-likelihood ratio, times 16, that both belong to one VM rather than to two. */
    double score(int a, int b) {
        return direction(a, b) + direction(b, a);
    }

    private double direction(int from, int to) {
        VcpuPairs.Pair pair = pairs.find(from, to);
        if (pair == null) {
            return 0;
        }
        double afterPause = (pair.pauseTo + 1.0) / (pauseSwitches[from] + 8.0);
        double otherwise = (pair.otherTo + 1.0) / (otherSwitches[from] + 8.0);
        double yields = pair.pauseTo * StrictMath.log(afterPause / otherwise);
        return pair.ipiScore + Math.max(-YIELD_LIMIT, Math.min(YIELD_LIMIT, yields));
    }
}
