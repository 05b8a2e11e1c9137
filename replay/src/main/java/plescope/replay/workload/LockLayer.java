package plescope.replay.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Lays takings of locks over the work of one vCPU: critical sections of the mean length at random distances of the mean length. Where
 * the recorded waits were does not matter: they came from that run's schedule, and replays make their own.
 *
 * <p>A section ends before the vCPU halts or waits for an IPI: code that holds a spinlock does neither.
 */
final class LockLayer {
    private final List<LockUse> uses;
    private final SplittableRandom random;
    private final VcpuWork.Builder steps = new VcpuWork.Builder();
    private LockUse held;
    private LockUse next;
    private long leftNs;

    private LockLayer(List<LockUse> uses, SplittableRandom random) {
        this.uses = uses;
        this.random = random;
    }

    /**
     * The same work with takings.
     *
     * @param uses of this vCPU: one per lock
     * @param waitsAtStart whether it begins with a taking, instead of somewhere between two
     */
    static VcpuWork lay(VcpuWork work, List<LockUse> uses, boolean waitsAtStart, SplittableRandom random) {
        LockLayer layer = new LockLayer(uses, random);
        layer.think();
        layer.leftNs = waitsAtStart ? 0 : random.nextLong(layer.leftNs);
        for (int step = 0; step < work.size(); step++) {
            layer.add(work.kind(step), work.ns(step), work.ref(step));
        }
        layer.release();
        return layer.steps.build();
    }

    private void add(StepKind kind, long ns, int ref) {
        switch (kind) {
            case COMPUTE -> compute(ns);
            case HALT_UNTIL_IPI,
                    HALT_FOR,
                    HALT_UNTIL_TIME,
                    SPIN_UNTIL_ACKED,
                    SPIN_UNTIL_WORK,
                    SPIN_FOR,
                    ACQUIRE,
                    RELEASE -> {
                if (held != null) {
                    release();
                    think();
                }
                steps.add(kind, ns, ref);
            }
            case SEND_IPI, HOST -> steps.add(kind, ns, ref);
        }
    }

    private void compute(long ns) {
        long left = ns;
        while (left > 0) {
            if (leftNs == 0) {
                turn();
            }
            long piece = Math.min(left, leftNs);
            steps.compute(piece);
            left -= piece;
            leftNs -= piece;
        }
    }

    private void turn() {
        if (held == null) {
            held = next;
            steps.add(StepKind.ACQUIRE, 0, held.lock());
            leftNs = held.heldNs();
        } else {
            release();
            think();
        }
    }

    private void release() {
        if (held != null) {
            steps.add(StepKind.RELEASE, 0, held.lock());
            held = null;
        }
    }

    /** Draws which lock is taken next, the oftener taken ones oftener, and after how much work. */
    private void think() {
        long soonest = Long.MAX_VALUE;
        for (LockUse use : uses) {
            // Evenly between half and one and a half times the mean: distances of real loops vary, but less than
            // exponentially [I].
            long after = use.betweenNs() / 2 + random.nextLong(use.betweenNs() + 1);
            if (after < soonest) {
                soonest = after;
                next = use;
            }
        }
        leftNs = Math.max(1, soonest);
    }
}
