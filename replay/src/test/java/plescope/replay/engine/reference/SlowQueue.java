package plescope.replay.engine.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One flat run queue, every rule from its definition: nothing is kept that can be counted afresh. CFS of 5.6 to 6.1, EEVDF of 6.12 or
 * of 6.18, all threads of equal weight.
 */
final class SlowQueue {
    private final boolean eevdf;
    /** EEVDF of 6.18: protection by virtual time, picked buddies, yields that forfeit. */
    private final boolean later;

    private final long latency;
    private final long minGranularity;
    private final long wakeupGranularity;
    private final long slice;
    private final long tick;

    /** Threads on the queue that do not run, delayed ones included. */
    private final List<SlowVcpu> waiting = new ArrayList<>();

    SlowVcpu curr;
    boolean needResched;
    private SlowVcpu next;
    private SlowVcpu last;
    private SlowVcpu skip;
    private long minVruntime;
    private long arrivals;
    private long now;

    SlowQueue(boolean eevdf, boolean later, int pcpus, long tick) {
        long factor = 1;
        for (int n = Math.min(pcpus, 8); n > 1; n /= 2) {
            factor++;
        }
        this.eevdf = eevdf;
        this.later = later;
        this.latency = 6_000_000 * factor;
        this.minGranularity = 750_000 * factor;
        this.wakeupGranularity = 1_000_000 * factor;
        this.slice = (later ? 700_000 : 750_000) * factor;
        this.tick = tick;
    }

    void setClock(long time) {
        now = time;
    }

    // Counting.

    private List<SlowVcpu> all() {
        List<SlowVcpu> all = new ArrayList<>(waiting);
        if (curr != null && curr.onQueue) {
            all.add(curr);
        }
        return all;
    }

    int runnable() {
        return (int) all().stream().filter(t -> !t.delayed).count();
    }

    private long average() {
        List<SlowVcpu> all = all();
        if (all.isEmpty()) {
            return minVruntime;
        }
        long sum = 0;
        for (SlowVcpu t : all) {
            sum += t.vruntime - minVruntime;
        }
        return minVruntime + Math.floorDiv(sum, all.size());
    }

    private boolean eligible(SlowVcpu thread) {
        long sum = 0;
        for (SlowVcpu t : all()) {
            sum += t.vruntime - thread.vruntime;
        }
        return sum >= 0;
    }

    private long lagOf(SlowVcpu thread) {
        long limit = Math.max(2 * slice, tick);
        return Math.max(-limit, Math.min(limit, average() - thread.vruntime));
    }

    private long key(SlowVcpu thread) {
        return eevdf ? thread.deadline : thread.vruntime;
    }

    private List<SlowVcpu> inOrder() {
        List<SlowVcpu> sorted = new ArrayList<>(waiting);
        sorted.sort(Comparator.comparingLong(this::key).thenComparingLong(t -> t.arrival));
        return sorted;
    }

    private SlowVcpu leftmost() {
        return waiting.isEmpty() ? null : inOrder().get(0);
    }

    private long sliceOf(int queued) {
        long period = queued > 8 ? queued * minGranularity : latency;
        return period / queued;
    }

    // Upkeep.

    private void clearBuddies(SlowVcpu thread) {
        next = next == thread ? null : next;
        last = last == thread ? null : last;
        skip = skip == thread ? null : skip;
    }

    void charge() {
        if (curr == null || now <= curr.execStart) {
            return;
        }
        long ran = now - curr.execStart;
        curr.execStart = now;
        curr.sumExec += ran;
        curr.vruntime += ran;
        if (eevdf) {
            renewRequest();
        }
        advanceMinimum();
    }

    private void renewRequest() {
        boolean used = curr.vruntime >= curr.deadline;
        if (used) {
            curr.deadline = curr.vruntime + slice;
        }
        boolean protectionBroken = !sliceProtected(curr) && (later || !eligible(curr));
        if (all().size() > 1 && (used || protectionBroken)) {
            needResched = true;
            clearBuddies(curr);
        }
    }

    private boolean sliceProtected(SlowVcpu running) {
        return later ? running.vruntime < running.protectedUntil : running.lag == running.deadline;
    }

    private void advanceMinimum() {
        all().stream().mapToLong(t -> t.vruntime).min().ifPresent(least -> minVruntime = Math.max(minVruntime, least));
    }

    // Coming and going.

    void fork(SlowVcpu thread) {
        charge();
        thread.vruntime = eevdf ? average() : minVruntime + sliceOf(all().size() + 1);
        thread.deadline = thread.vruntime + slice / 2;
        add(thread);
    }

    private void add(SlowVcpu thread) {
        thread.onQueue = true;
        thread.arrival = arrivals++;
        waiting.add(thread);
    }

    void wake(SlowVcpu thread) {
        charge();
        if (thread.delayed) {
            wakeDelayed(thread);
        } else if (eevdf) {
            placeByLag(thread);
            add(thread);
        } else {
            thread.vruntime = Math.max(thread.vruntime, minVruntime - latency / 2);
            add(thread);
        }
    }

    private void wakeDelayed(SlowVcpu thread) {
        thread.lag = lagOf(thread);
        if (thread.lag > 0) {
            waiting.remove(thread);
            thread.lag = 0;
            placeByLag(thread);
            add(thread);
        }
        thread.delayed = false;
    }

    private void placeByLag(SlowVcpu thread) {
        int others = all().size();
        long inflated = others == 0 ? 0 : thread.lag * (others + 1) / others;
        thread.vruntime = average() - inflated;
        thread.deadline = thread.vruntime + slice;
    }

    void block() {
        charge();
        if (eevdf && !eligible(curr)) {
            next = next == curr ? null : next;
            curr.delayed = true;
        } else {
            leave(curr);
        }
    }

    private void leave(SlowVcpu thread) {
        charge();
        clearBuddies(thread);
        if (eevdf) {
            thread.lag = lagOf(thread);
            if (thread.delayed) {
                thread.lag = Math.min(0, thread.lag);
            }
        }
        thread.onQueue = false;
        thread.delayed = false;
        waiting.remove(thread);
        advanceMinimum();
    }

    void switchTo(SlowVcpu thread) {
        if (curr != null && curr.onQueue) {
            charge();
            add(curr);
        }
        curr = thread;
        if (thread != null) {
            clearBuddies(thread);
            waiting.remove(thread);
            thread.execStart = now;
            thread.sumAtPick = thread.sumExec;
            thread.lag = later ? thread.lag : thread.deadline;
            thread.protectedUntil = thread.deadline;
        }
    }

    // Picking.

    SlowVcpu pick() {
        while (!all().isEmpty()) {
            if (curr != null && curr.onQueue) {
                charge();
            }
            boolean buddy = later && next != null && eligible(next);
            SlowVcpu picked = buddy ? next : eevdf ? pickEevdf() : pickCfs();
            if (!picked.delayed) {
                return picked;
            }
            leave(picked);
        }
        return null;
    }

    private SlowVcpu pickEevdf() {
        SlowVcpu running = curr != null && curr.onQueue ? curr : null;
        if (all().size() == 1) {
            return all().get(0);
        }
        boolean stays = running != null && eligible(running);
        if (stays && sliceProtected(running)) {
            return running;
        }
        for (SlowVcpu thread : inOrder()) {
            if (eligible(thread)) {
                return stays && running.deadline < thread.deadline ? running : thread;
            }
        }
        return running;
    }

    private SlowVcpu pickCfs() {
        SlowVcpu running = curr != null && curr.onQueue ? curr : null;
        List<SlowVcpu> order = inOrder();
        SlowVcpu left = order.isEmpty() || (running != null && running.vruntime < order.get(0).vruntime)
                ? running
                : order.get(0);
        SlowVcpu candidate = left;
        if (skip == candidate) {
            SlowVcpu second = second(order, running, candidate);
            candidate = second != null && withinGate(second, left) ? second : candidate;
        }
        if (next != null && withinGate(next, left)) {
            candidate = next;
        } else if (last != null && withinGate(last, left)) {
            candidate = last;
        }
        clearBuddies(candidate);
        return candidate;
    }

    private static SlowVcpu second(List<SlowVcpu> order, SlowVcpu running, SlowVcpu skipped) {
        if (skipped == running) {
            return order.isEmpty() ? null : order.get(0);
        }
        SlowVcpu after = order.size() > 1 ? order.get(1) : null;
        return after == null || (running != null && running.vruntime < after.vruntime) ? running : after;
    }

    private boolean withinGate(SlowVcpu hinted, SlowVcpu left) {
        return hinted.vruntime - left.vruntime <= wakeupGranularity;
    }

    // Preemption and yields.

    void tick() {
        if (curr == null) {
            return;
        }
        charge();
        if (eevdf || all().size() <= 1) {
            return;
        }
        long ideal = sliceOf(all().size());
        long ran = curr.sumExec - curr.sumAtPick;
        if (ran > ideal) {
            needResched = true;
            clearBuddies(curr);
        } else if (ran >= minGranularity && leftmost() != null && curr.vruntime - leftmost().vruntime > ideal) {
            needResched = true;
        }
    }

    void preemptedBy(SlowVcpu wakee) {
        if (curr == null) {
            needResched = true;
        }
        if (curr == null || needResched) {
            return;
        }
        int beside = all().size();
        charge();
        if (eevdf) {
            needResched |= pickEevdf() == wakee;
        } else if (curr.vruntime - wakee.vruntime > wakeupGranularity) {
            next = wakee;
            needResched = true;
            last = beside >= 8 ? curr : last;
        }
    }

    void hint(SlowVcpu target) {
        next = target;
    }

    void yieldCurrent() {
        if (runnable() == 1) {
            return;
        }
        clearBuddies(curr);
        charge();
        if (!eevdf) {
            skip = curr;
        } else if (!later) {
            curr.deadline += slice;
        } else if (eligible(curr)) {
            curr.vruntime = curr.deadline;
            curr.deadline += slice;
            advanceMinimum();
        }
    }
}
