package plescope.replay.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The takings of one lock by one vCPU, bounded in number.
 *
 * <p>Where they are too many to write down over recorded work, sections and pauses grow alike: the lock is held as large a part of
 * the time.
 */
final class Takings {
    /** Turns of all vCPUs together [I]: four steps each, a hundred bytes. */
    private static final int MAX_TURNS = 1_000_000;

    private static final int MAX_TURNS_OF_VCPU = 100_000;

    /** Longer than a slice: until the first holder is back, all its siblings have run and queue [I]. */
    private static final long GATHERING_NS = 10_000_000;

    private final LockUse use;
    private final int mostTurns;
    private final SplittableRandom random;

    /** Prepares the laying, among {@code vcpus} in all. */
    Takings(LockUse use, int vcpus, SplittableRandom random) {
        this.use = use;
        this.mostTurns = Math.min(MAX_TURNS_OF_VCPU, Math.max(1, MAX_TURNS / Math.max(1, vcpus)));
        this.random = random;
    }

    /** Nothing but turns, for {@code spanNs} of work or as many as there may be: a replay ends with the first vCPU that is through. */
    VcpuWork forEver(long spanNs) {
        return turns(new VcpuWork.Builder(), spanNs);
    }

    /**
     * The same, starting in the convoy: vCPU {@code leader} keeps the lock until its siblings queue, and they let it go first. It
     * spins meanwhile, since a section of that length would show as work.
     */
    VcpuWork fromConvoy(long spanNs, int leader) {
        VcpuWork.Builder steps = new VcpuWork.Builder();
        if (use.vcpu() == leader) {
            steps.add(StepKind.ACQUIRE, 0, use.lock()).compute(1).add(StepKind.SPIN_FOR, GATHERING_NS, -1);
        } else {
            steps.add(StepKind.SPIN_UNTIL_WORK, 1, leader).add(StepKind.ACQUIRE, 0, use.lock());
        }
        steps.compute(use.heldNs()).add(StepKind.RELEASE, 0, use.lock());
        return turns(steps, spanNs);
    }

    private VcpuWork turns(VcpuWork.Builder steps, long spanNs) {
        long workNs = 0;
        for (int turn = 0; turn < mostTurns && workNs < spanNs; turn++) {
            long pauseNs = pause();
            steps.compute(pauseNs).add(StepKind.ACQUIRE, 0, use.lock());
            steps.compute(use.heldNs()).add(StepKind.RELEASE, 0, use.lock());
            workNs += pauseNs + use.heldNs();
        }
        return steps.build();
    }

    /** The recorded steps with {@code workShare} of their work, and takings laid over it. */
    VcpuWork over(VcpuWork recorded, double workShare) {
        double turns = recorded.totalWorkNs() * workShare / (use.betweenNs() + use.heldNs());
        long coarse = Math.max(1, (long) StrictMath.ceil(turns / mostTurns));
        VcpuWork.Builder left = new VcpuWork.Builder();
        for (int step = 0; step < recorded.size(); step++) {
            if (recorded.kind(step) == StepKind.COMPUTE) {
                left.compute(Math.round(recorded.ns(step) * workShare));
            } else {
                left.add(recorded.kind(step), recorded.ns(step), recorded.ref(step));
            }
        }
        LockUse rarer = new LockUse(use.lock(), use.vcpu(), use.betweenNs() * coarse, use.heldNs() * coarse);
        return LockLayer.lay(left.build(), List.of(rarer), LockLayer.SOMEWHERE, random)
                .inUser(recorded.userPermille());
    }

    private long pause() {
        return Math.max(1, Math.round(-StrictMath.log(1 - random.nextDouble()) * use.betweenNs()));
    }
}
