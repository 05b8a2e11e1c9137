package plescope.replay.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import plescope.replay.model.HostModel;
import plescope.replay.policy.PolicySpec.Role;

/**
 * W. Li's debooster, version 2.
 *
 * <h2>Idea</h2>
 * EEVDF forgives a yield quickly. Charge the yielder's entity, at the level where it competes with the target, so that the
 * target gets its turn.
 *
 * <h2>Modelled</h2>
 * At most once per {@code rateLimit} and run queue; same run queue only; at least two threads on the common queue; the penalty
 * of {@link DeboostPenalty}, added to the virtual time, the deadline a slice behind it. Three findings from reading the patch
 * are switches [I]: {@code liveZeroGap} (its table never acts), {@code fixDebounce} (the memory of reversed pairs is behind the
 * rate limit and so never young enough), {@code rejectedSpend=0} (attempts that come to nothing use up the rate limit).
 *
 * <h2>Not modelled</h2>
 * Version 1 also rewrote the lag and {@code min_vruntime}, and counted entities where version 2 counts threads.
 *
 * <h2>Source</h2>
 * W. Li, v2 patches 2 to 5, kvm list, 19 December 2025.
 */
final class WlV2DeboostPolicy implements Policy {
    private static final long[] CAPS = {60_000, 40_000, 25_000, 20_000, 15_000, 10_000};
    private static final long[] ZERO_GAP = {10_000, 9_375, 6_250, 5_000, 3_750, 2_500};

    static final PolicySpec SPEC = new PolicySpec(
                    "wl-v2-deboost",
                    Role.YIELD,
                    "Charges the yielder a penalty at the level where it meets the target",
                    "W. Li v2, December 2025",
                    parameters(),
                    WlV2DeboostPolicy::new)
            .replacing(Rule.YIELD_VRUNTIME)
            .onEevdf();

    private final DeboostPenalty penalty;
    private final long rateLimitNs;
    private final long debounceNs;
    private final boolean fixDebounce;
    private final boolean rejectedSpend;
    private final MatchingEntities pair = new MatchingEntities();
    private Queue[] queues = {};

    /** What a run queue remembers. */
    private static final class Queue {
        boolean limited;
        long lastNs;
        EntityView yielder;
        EntityView target;
        long pairNs;

        boolean reverses(EntityView yielding, EntityView wanted, long now, long windowNs) {
            return yielder == wanted && target == yielding && now - pairNs <= windowNs;
        }

        void remember(EntityView yielding, EntityView wanted, long now) {
            yielder = yielding;
            target = wanted;
            pairNs = now;
        }
    }

    WlV2DeboostPolicy(ParameterValues values) {
        penalty = new DeboostPenalty(
                values.get("needWeight"), table(values, "cap"), table(values, "zeroGap"), values.flag("liveZeroGap"));
        rateLimitNs = values.get("rateLimit");
        debounceNs = values.get("debounce");
        fixDebounce = values.flag("fixDebounce");
        rejectedSpend = values.flag("rejectedSpend");
    }

    private static List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(List.of(
                Parameter.duration("rateLimit", 6_000_000, 0, 1_000_000_000, "per run queue, no other within it"),
                Parameter.duration("debounce", 600_000, 0, 1_000_000_000, "age of a reversed pair that softens"),
                Parameter.ratio("needWeight", 11_000, "share of the distance that is added"),
                Parameter.flag("liveZeroGap", false, "1 lets the zero-gap table act"),
                Parameter.flag("fixDebounce", false, "1 remembers the pair at every yield"),
                Parameter.flag("rejectedSpend", true, "0 limits applied penalties only")));
        for (int i = 0; i < CAPS.length; i++) {
            String threads = DeboostPenalty.CLASSES[i];
            all.add(Parameter.ratio("cap" + threads, CAPS[i], "most granularities, that many threads"));
        }
        for (int i = 0; i < ZERO_GAP.length; i++) {
            String threads = DeboostPenalty.CLASSES[i];
            all.add(Parameter.ratio("zeroGap" + threads, ZERO_GAP[i], "granularities if the target is not behind"));
        }
        return all;
    }

    private static long[] table(ParameterValues values, String prefix) {
        return Arrays.stream(DeboostPenalty.CLASSES)
                .mapToLong(threads -> values.get(prefix + threads))
                .toArray();
    }

    @Override
    public HostModel host(HostModel host, int vcpus) {
        queues = new Queue[host.pcpus()];
        Arrays.setAll(queues, pcpu -> new Queue());
        return host;
    }

    @Override
    public void beforeYield(RunQueueView rq, EntityView yielder, EntityView target) {
        Queue queue = queues[rq.pcpu()];
        long now = rq.now();
        boolean reversed = queue.reverses(yielder, target, now, debounceNs);
        if (fixDebounce) {
            queue.remember(yielder, target, now);
        }
        if (queue.limited && now - queue.lastNs <= rateLimitNs) {
            return;
        }
        boolean applies = pair.find(yielder, target)
                && yielder.queued()
                && target.queued()
                && pair.yielder().queuedThreads() > 1;
        if (applies || rejectedSpend) {
            queue.limited = true;
            queue.lastNs = now;
        }
        if (applies) {
            charge(pair.yielder(), pair.target(), rq.baseSliceNs(), reversed);
            queue.remember(yielder, target, now);
        }
    }

    private void charge(EntityView yielder, EntityView target, long baseSliceNs, boolean reversed) {
        long granularity = yielder.toVirtual(baseSliceNs);
        long need = Math.max(0, target.vruntime() - yielder.vruntime());
        yielder.setVruntime(yielder.vruntime() + penalty.of(need, yielder.queuedThreads(), granularity, reversed));
        yielder.setDeadline(yielder.vruntime() + yielder.toVirtual(yielder.sliceNs()));
    }
}
