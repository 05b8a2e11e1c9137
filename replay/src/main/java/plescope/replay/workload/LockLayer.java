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
    /** Long enough for every lock to be taken often. */
    private static final long AGE_NS = 1_000_000_000_000L;

    /** No place in a queue: the recording begins between two takings. */
    static final long SOMEWHERE = -1;

    private final List<LockUse> uses;
    private final SplittableRandom random;
    private final VcpuWork.Builder steps = new VcpuWork.Builder();
    /** Takings of each lock in so much work. */
    private final long[] takings;

    private final long allTakings;
    /** Mean work between two takings of whatever locks. */
    private final long betweenNs;

    private LockUse held;
    private LockUse next;
    private long leftNs;

    private LockLayer(List<LockUse> uses, SplittableRandom random) {
        this.uses = uses;
        this.random = random;
        takings = new long[uses.size()];
        long all = 0;
        long heldNs = 0;
        for (int i = 0; i < takings.length; i++) {
            LockUse use = uses.get(i);
            takings[i] = Math.max(1, AGE_NS / (use.betweenNs() + use.heldNs()));
            all += takings[i];
            heldNs += takings[i] * use.heldNs();
        }
        allTakings = all;
        betweenNs = Math.max(1, (AGE_NS - heldNs) / all);
    }

    /**
     * The same work with takings.
     *
     * @param uses of this vCPU: one per lock
     * @param place in the queue at the start, {@link #SOMEWHERE} where it begins somewhere between two takings
     */
    static VcpuWork lay(VcpuWork work, List<LockUse> uses, long place, SplittableRandom random) {
        LockLayer layer = new LockLayer(uses, random);
        layer.think();
        if (place >= 0) {
            layer.take(place);
        } else {
            layer.leftNs = random.nextLong(layer.leftNs);
        }
        for (int step = 0; step < work.size(); step++) {
            layer.add(work.kind(step), work.ns(step), work.ref(step));
        }
        layer.release();
        return layer.steps.build().inUser(work.userPermille());
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
            take(0);
        } else {
            release();
            think();
        }
    }

    private void take(long place) {
        held = next;
        steps.add(StepKind.ACQUIRE, place, held.lock());
        leftNs = held.heldNs();
    }

    private void release() {
        if (held != null) {
            steps.add(StepKind.RELEASE, 0, held.lock());
            held = null;
        }
    }

    /** Draws which lock is taken next, the oftener taken ones oftener, and after how much work. */
    private void think() {
        long drawn = random.nextLong(allTakings);
        int i = 0;
        while (drawn >= takings[i]) {
            drawn -= takings[i++];
        }
        next = uses.get(i);
        // Evenly between half and one and a half times the mean: distances of real loops vary, but less than
        // exponentially [I].
        leftNs = Math.max(1, betweenNs / 2 + random.nextLong(betweenNs + 1));
    }
}
