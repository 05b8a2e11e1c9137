package plescope.replay.scheduler;

/** {@code wakeup_preempt_fair} under EEVDF: whether a wakee displaces the running thread, by version. */
final class EevdfPreemption {
    private final EevdfScheduler scheduler;
    private final boolean nextBuddy;
    private final boolean wakeupPreemption;
    private final boolean buddyByDeadline;
    private final boolean forced;
    private final boolean preemptShort;
    private final boolean shortByTrial;
    private final boolean trialRemovesDelayed;

    EevdfPreemption(EevdfScheduler scheduler) {
        SchedulerTunables tunables = scheduler.tunables;
        this.scheduler = scheduler;
        this.nextBuddy = tunables.has(KernelFeature.NEXT_BUDDY);
        this.wakeupPreemption = tunables.has(KernelFeature.WAKEUP_PREEMPTION);
        this.buddyByDeadline = tunables.has(KernelFeature.BUDDY_BY_DEADLINE);
        this.forced = tunables.has(KernelFeature.FORCED_PREEMPTION);
        this.preemptShort = tunables.has(KernelFeature.PREEMPT_SHORT);
        this.shortByTrial = tunables.has(KernelFeature.VPROT);
        this.trialRemovesDelayed = tunables.has(KernelFeature.TRIAL_REMOVES_DELAYED);
    }

    void wakeup(RunQueue rq, Entity wakee, int flags) {
        Entity curr = rq.curr;
        if (wakee.throttled()) {
            return;
        }
        if (curr == null) {
            rq.resched();
            return;
        }
        if (curr == wakee) {
            return;
        }
        if (nextBuddy && !buddyByDeadline && !wakee.delayed) {
            Buddies.setNext(wakee);
        }
        if (rq.needResched() || !wakeupPreemption) {
            return;
        }
        Entity se = curr.competingWith(wakee);
        Entity pse = wakee.competingWith(curr);
        scheduler.updateCurr(rq);
        if (displaces(se, pse, flags)) {
            rq.resched();
        }
    }

    private boolean displaces(Entity se, Entity pse, int flags) {
        CfsRunQueue cfsRq = se.cfsRq;
        boolean shorter = preemptShort && pse.slice < se.slice;
        if (!shortByTrial) {
            if (shorter && breaksProtection(cfsRq, se, pse)) {
                scheduler.endProtection(se);
            }
            return trialPick(cfsRq, true) == pse;
        }
        if (buddyByDeadline && !shorter) {
            if (pse.delayed) {
                return false;
            }
            if (forced && WakeFlags.has(flags, WakeFlags.FROM_THREAD) && !EevdfQueue.eligible(cfsRq, se)) {
                return true;
            }
            if (nextBuddy && becomesBuddy(cfsRq, pse) && WakeFlags.has(flags, WakeFlags.SYNC)) {
                return preemptsSync(se, pse, flags);
            }
        }
        if (trialPick(cfsRq, !shorter) == pse) {
            if (shorter) {
                scheduler.endProtection(se);
                if (trialRemovesDelayed) {
                    Buddies.clear(se);
                }
            }
            return true;
        }
        if (shorter || buddyByDeadline) {
            scheduler.shortenProtection(se);
        }
        return false;
    }

    /** {@code do_preempt_short} up to 6.16. */
    private static boolean breaksProtection(CfsRunQueue cfsRq, Entity se, Entity pse) {
        return EevdfQueue.eligible(cfsRq, pse) && (pse.deadline - se.deadline < 0 || !EevdfQueue.eligible(cfsRq, se));
    }

    private Entity trialPick(CfsRunQueue cfsRq, boolean protect) {
        Entity picked = scheduler.pickEevdf(cfsRq, protect);
        while (trialRemovesDelayed && picked.delayed) {
            scheduler.removeIfDelayed(picked);
            picked = scheduler.pickEevdf(cfsRq, protect);
        }
        return picked;
    }

    /** {@code set_preempt_buddy}: unless there is one with an earlier deadline. */
    private static boolean becomesBuddy(CfsRunQueue cfsRq, Entity pse) {
        if (cfsRq.next != null && cfsRq.next.deadline - pse.deadline < 0) {
            return false;
        }
        Buddies.setNext(pse);
        return true;
    }

    /** {@code preempt_sync}: the waker gets some time to finish, less where the wakee could have run elsewhere. */
    private boolean preemptsSync(Entity se, Entity pse, int flags) {
        long threshold = scheduler.tunables.migrationCost();
        if (WakeFlags.has(flags, WakeFlags.SELECTED)) {
            threshold >>= 2;
        }
        // The kernel reads exec_start, which its own update_curr has just moved [K]; what it says it means is the time
        // since
        // the pick [I].
        return pse.deadline - se.deadline < 0 && se.sumExec - se.prevSumExec >= threshold;
    }
}
