package plescope.replay.scheduler;

import static plescope.replay.policy.SchedulerVersion.CFS_5_10;
import static plescope.replay.policy.SchedulerVersion.CFS_5_6;
import static plescope.replay.policy.SchedulerVersion.CFS_6_1;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_12;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_12_STABLE;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_17;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_18;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_19;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_19_RC1;
import static plescope.replay.policy.SchedulerVersion.EEVDF_6_6;
import static plescope.replay.policy.SchedulerVersion.EEVDF_7_1;

import java.util.EnumSet;
import plescope.replay.policy.SchedulerVersion;

/**
 * What differs between the fair schedulers of two kernels, or of two hosts with the same kernel, beside CFS and EEVDF themselves:
 * each constant with the first and last version that has it on, and the long-term version it was carried back to. Names of kernel
 * features ({@code kernel/sched/features.h}) where one exists. Everything else is common to all versions; numbers are in
 * {@link SchedulerTunables}. SCHED_BATCH and SCHED_IDLE are out of scope: vCPU threads are SCHED_NORMAL.
 */
public enum KernelFeature {
    // Both schedulers: buddies.

    /** A wakee becomes the next buddy; under CFS only on queues of 8 or more. On by mistake of a few release candidates [K]. */
    NEXT_BUDDY(EEVDF_6_19_RC1, EEVDF_6_19_RC1),
    /** A wakee may displace the running thread; without, only ticks do. Buddies are marked all the same [K]. */
    WAKEUP_PREEMPTION(CFS_5_6),
    /** Balancing leaves buddies where they are, as if they were cache-hot [K]. */
    CACHE_HOT_BUDDY(CFS_5_6),

    // CFS.

    /** A sleeper comes back half a latency behind the queue; without, a whole one [K]. */
    GENTLE_FAIR_SLEEPERS(CFS_5_6, CFS_6_1),
    /** A new thread starts one slice ahead of the queue [K]. */
    START_DEBIT(CFS_5_6, CFS_6_1),
    /** On queues of 8 or more a preempted thread is the one to go back to [K]. */
    LAST_BUDDY(CFS_5_6, CFS_6_1),
    /** 5.13: a slice counts the threads of the whole run queue [R]. */
    ALT_PERIOD(CFS_6_1, CFS_6_1),
    /** 5.13: a slice is at least the minimum granularity [R]. */
    BASE_SLICE(CFS_6_1, CFS_6_1),

    // EEVDF: requests and lag.

    /** 6.15, 6.12.31: base slice 0.70 ms, which ends before the third tick of 1 ms; 0.75 ms before [K 2ae891b82695, R 6.15]. */
    SHORTER_BASE_SLICE(EEVDF_6_17, EEVDF_7_1, EEVDF_6_12_STABLE),
    /** A thread comes back with the lag it left with; without, at the mean [K]. */
    PLACE_LAG(EEVDF_6_6),
    /** A new thread's first request is half as long [K]. */
    PLACE_DEADLINE_INITIAL(EEVDF_6_6),
    /** A thread keeps the rest of its request across a migration [K]. */
    PLACE_REL_DEADLINE(EEVDF_6_12),
    /** 6.13, stable 6.12: a new weight places the entity anew; before, and since 7.0, it scales around the mean [K 6d71a9c61604]. */
    PLACE_ON_REWEIGHT(EEVDF_6_12, EEVDF_6_19),
    /** 7.0: lag is bounded by the longest slice on the queue and a tick; before by two own slices or a tick [K 6e3c0a4e1ad1]. */
    LAG_BY_LONGEST_SLICE(EEVDF_7_1),
    /** A thread that blocks ahead of the mean stays queued until it is picked [K]. */
    DELAY_DEQUEUE(EEVDF_6_12),
    /** A delayed thread keeps no positive lag [K]. */
    DELAY_ZERO(EEVDF_6_12),

    // EEVDF: who runs.

    /** A picked thread keeps its pCPU up to the end of its protection; without, up to the next better pick [K]. */
    RUN_TO_PARITY(EEVDF_6_6),
    /** 6.14, 6.12.13: the next buddy is picked where eligible; before only with {@link #NEXT_BUDDY} [K 2a77e4be12cb]. */
    PICK_BUDDY(EEVDF_6_12_STABLE),
    /** The pick itself looks at the buddy, so trial picks of wake-ups see it, too [K]. */
    BUDDY_IN_TRIAL_PICK(EEVDF_6_19_RC1),
    /** 7.1: but not the trial pick that ignores slice protection for a shorter slice [K]. */
    BUDDY_ONLY_PROTECTED(EEVDF_7_1),
    /**
     * Slice protection ends at a virtual time, by the shortest slice queued, and its end asks for a reschedule; before, it lasted
     * as long as the deadline of the pick stood [K 9cdb4fe20cd2, 052c3d87c82e, 0b9ca2dcabc3; R version].
     */
    VPROT(EEVDF_6_17),
    /** Also 6.12.63: a yield gives up the rest of the request, if eligible; before it only moved the deadline [K 79104becf42b]. */
    FORFEIT_ON_YIELD(EEVDF_6_18, EEVDF_7_1, EEVDF_6_12_STABLE),

    // EEVDF: wake-up preemption.

    /** A wakee with a shorter slice may break slice protection [K]. */
    PREEMPT_SHORT(EEVDF_6_12),
    /** A buddy with an earlier deadline stays; WF_SYNC wakees preempt by deadline after a while only [K]. */
    BUDDY_BY_DEADLINE(EEVDF_6_19_RC1),
    /** A wake-up from a thread displaces whoever is ahead of the mean [K, reverted by 15257cc2f905 in rc7]. */
    FORCED_PREEMPTION(EEVDF_6_19_RC1, EEVDF_6_19_RC1),
    /** The trial pick of a wake-up removes delayed entities it meets [K ac8e69e69363, R version]. */
    TRIAL_REMOVES_DELAYED(EEVDF_7_1),

    // Placement and balancing, both schedulers.

    /** 5.8: an idle previous pCPU wins over a busy waker's before loads are compared [R d8fcb81f1acf]. */
    WAKE_PREV_IDLE(CFS_5_10),
    /** 5.19: how many pCPUs a wake-up scans follows the utilisation of the cache; before the waker's idle time [R]. */
    SIS_UTIL(CFS_6_1),
    /** 5.10: a thread too heavy for the imbalance moves after a few failures, not before half fits [R 5a7f55590467]. */
    LOAD_RELAXES_WITH_FAILURES(CFS_5_10),
    /** How often newidle balance is tried follows how often it has found something [K 33cf66d88306; NI_RANDOM in 6.12.117]. */
    NEWIDLE_BY_SUCCESS(EEVDF_6_19_RC1, EEVDF_7_1, EEVDF_6_12_STABLE);

    private final SchedulerVersion since;
    private final SchedulerVersion until;
    private final SchedulerVersion backport;

    KernelFeature(SchedulerVersion since) {
        this(since, EEVDF_7_1);
    }

    KernelFeature(SchedulerVersion since, SchedulerVersion until) {
        this(since, until, since);
    }

    KernelFeature(SchedulerVersion since, SchedulerVersion until, SchedulerVersion backport) {
        this.since = since;
        this.until = until;
        this.backport = backport;
    }

    /** Whether that kernel has it. */
    public boolean in(SchedulerVersion version) {
        return version == backport || (version.compareTo(since) >= 0 && version.compareTo(until) <= 0);
    }

    /** Whether that kernel lists it in {@code /sys/kernel/debug/sched/features}, where a host may switch it. */
    public boolean switchableIn(SchedulerVersion version) {
        return switch (this) {
            case NEXT_BUDDY, WAKEUP_PREEMPTION, CACHE_HOT_BUDDY -> true;
            case GENTLE_FAIR_SLEEPERS,
                    START_DEBIT,
                    LAST_BUDDY,
                    ALT_PERIOD,
                    BASE_SLICE,
                    PLACE_LAG,
                    PLACE_DEADLINE_INITIAL,
                    RUN_TO_PARITY,
                    PLACE_REL_DEADLINE,
                    DELAY_DEQUEUE,
                    DELAY_ZERO,
                    PICK_BUDDY,
                    PREEMPT_SHORT,
                    SIS_UTIL -> in(version);
            case SHORTER_BASE_SLICE,
                    PLACE_ON_REWEIGHT,
                    LAG_BY_LONGEST_SLICE,
                    BUDDY_IN_TRIAL_PICK,
                    BUDDY_ONLY_PROTECTED,
                    VPROT,
                    FORFEIT_ON_YIELD,
                    BUDDY_BY_DEADLINE,
                    FORCED_PREEMPTION,
                    TRIAL_REMOVES_DELAYED,
                    WAKE_PREV_IDLE,
                    LOAD_RELAXES_WITH_FAILURES,
                    NEWIDLE_BY_SUCCESS -> false;
        };
    }

    /** Those a host of that kernel may switch. */
    public static EnumSet<KernelFeature> switchable(SchedulerVersion version) {
        EnumSet<KernelFeature> features = EnumSet.allOf(KernelFeature.class);
        features.removeIf(feature -> !feature.switchableIn(version));
        return features;
    }

    /** All of that kernel, in the order of this table; those of EEVDF mean nothing under CFS and cannot be in it. */
    static EnumSet<KernelFeature> of(SchedulerVersion version) {
        EnumSet<KernelFeature> features = EnumSet.noneOf(KernelFeature.class);
        for (KernelFeature feature : values()) {
            if (feature.in(version)) {
                features.add(feature);
            }
        }
        return features;
    }
}
