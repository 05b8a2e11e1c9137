package plescope.replay.scheduler;

import java.math.BigInteger;
import plescope.replay.policy.SchedulerVersion;

/** EEVDF from the definitions, version by version as the specification words it. */
final class ReferenceEevdf extends ReferenceScheduler {
    private final SchedulerVersion version;

    ReferenceEevdf(SchedulerVersion version, SchedulerTunables tunables, int vcpus, int[] groupOf) {
        super(tunables, vcpus, groupOf);
        this.version = version;
    }

    private boolean since(SchedulerVersion other) {
        return version.compareTo(other) >= 0;
    }

    @Override
    long key(Node n) {
        return n.deadline;
    }

    private static BigInteger weightOf(Node n) {
        return BigInteger.valueOf(Math.max(2, n.weight >> 10));
    }

    private static BigInteger load(Queue q) {
        return q.members.stream().map(ReferenceEevdf::weightOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger weighted(Queue q) {
        return q.members.stream()
                .map(n -> weightOf(n).multiply(BigInteger.valueOf(n.v)))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** V, rounded down. */
    private static long mean(Queue q) {
        if (q.members.isEmpty()) {
            return q.minV;
        }
        BigInteger[] parts = weighted(q).divideAndRemainder(load(q));
        return parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
    }

    private static boolean eligible(Node n) {
        return weighted(n.on).compareTo(load(n.on).multiply(BigInteger.valueOf(n.v))) >= 0;
    }

    private void updateLag(Node n) {
        long longest = n.on.members.stream().mapToLong(m -> m.slice).max().orElse(0);
        long bound =
                since(SchedulerVersion.EEVDF_7_1) ? longest + tunables.tick() : Math.max(2 * n.slice, tunables.tick());
        long limit = toVirtual(bound, n.weight);
        n.lag = Math.max(-limit, Math.min(limit, mean(n.on) - n.v));
    }

    private long request(Node n) {
        if (n.below == null) {
            return n.customSlice < 0 ? tunables.baseSlice() : n.customSlice;
        }
        return n.below.members.stream().mapToLong(m -> m.slice).min().orElse(tunables.baseSlice());
    }

    @Override
    void place(Node n, Enqueue why) {
        n.slice = request(n);
        long lag = 0;
        if (!n.on.members.isEmpty()) {
            BigInteger others = load(n.on);
            lag = BigInteger.valueOf(n.lag)
                    .multiply(others.add(weightOf(n)))
                    .divide(others)
                    .longValueExact();
        }
        n.v = mean(n.on) - lag;
        long request = toVirtual(n.slice, n.weight);
        n.deadline = n.v + (why == Enqueue.INITIAL ? request / 2 : request);
    }

    @Override
    void leaving(Node n, boolean sleep) {
        updateLag(n);
        if (n.delayed) {
            n.lag = Math.min(n.lag, 0);
        }
    }

    @Override
    boolean delays(Node n) {
        return since(SchedulerVersion.EEVDF_6_12) && !eligible(n);
    }

    @Override
    void requeueDelayed(Node n) {
        updateLag(n);
        // A stashed deadline is overwritten by the lag, so protection by deadline is over for a running one.
        n.pickedDeadline = n.lag;
        if (n.lag > 0) {
            n.lag = 0;
            n.pickedDeadline = 0;
            if (n.on.curr == n) {
                n.v = mean(n.on);
                n.deadline = n.v + toVirtual(n.slice, n.weight);
            } else {
                n.on.members.remove(n);
                place(n, Enqueue.WAKEUP);
                insert(n);
            }
        }
        n.delayed = false;
    }

    private boolean isProtected(Node n) {
        return since(SchedulerVersion.EEVDF_6_17) ? n.v < n.protectedUntil : n.pickedDeadline == n.deadline;
    }

    private void unprotect(Node n) {
        if (isProtected(n)) {
            n.protectedUntil = n.v;
            n.pickedDeadline = n.deadline + 1;
        }
    }

    private static long shortest(Queue q) {
        return q.members.stream().mapToLong(m -> m.slice).min().orElseThrow();
    }

    @Override
    void picked(Node n) {
        n.pickedDeadline = n.deadline;
        n.protectedUntil = Math.min(n.deadline, n.v + toVirtual(shortest(n.on), n.weight));
        if (shortest(n.on) >= n.slice) {
            n.protectedUntil = n.deadline;
        }
    }

    @Override
    void charged(Node n) {
        boolean newRequest = n.v >= n.deadline;
        if (newRequest) {
            n.slice = request(n);
            n.deadline = n.v + toVirtual(n.slice, n.weight);
        }
        if (n.on.members.size() == 1) {
            return;
        }
        boolean over = false;
        if (since(SchedulerVersion.EEVDF_6_17)) {
            over = !isProtected(n);
        } else if (since(SchedulerVersion.EEVDF_6_12)) {
            over = !isProtected(n) && !eligible(n);
        }
        if (newRequest || over) {
            resched = true;
            clearBuddies(n);
        }
    }

    @Override
    void ticked(Node n) {}

    @Override
    Node pick(Queue q) {
        boolean hints = since(SchedulerVersion.EEVDF_6_12_STABLE);
        if (hints && !since(SchedulerVersion.EEVDF_6_19_RC1) && q.next != null && eligible(q.next)) {
            return q.next;
        }
        return settle(trial(q, true));
    }

    private Node settle(Node n) {
        if (n.delayed) {
            dequeue(n, true, true);
            return null;
        }
        return n;
    }

    private Node trial(Queue q, boolean protect) {
        if (q.members.size() == 1) {
            return q.members.get(0);
        }
        if (since(SchedulerVersion.EEVDF_6_19_RC1) && q.next != null && eligible(q.next)) {
            if (protect || !since(SchedulerVersion.EEVDF_7_1)) {
                return q.next;
            }
        }
        Node curr = q.runnable();
        if (curr != null && !eligible(curr)) {
            curr = null;
        }
        if (curr != null && protect && isProtected(curr)) {
            return curr;
        }
        for (Node n : tree(q)) {
            if (eligible(n)) {
                return curr != null && curr.deadline < n.deadline ? curr : n;
            }
        }
        return curr;
    }

    @Override
    void wakeupPreempt(Node wakee, int flags) {
        if (running == null) {
            resched = true;
        }
        if (resched || running == wakee) {
            return;
        }
        Node a = running;
        Node b = wakee;
        while (a.on != b.on) {
            a = a.parent();
            b = b.parent();
        }
        if (!since(SchedulerVersion.EEVDF_6_17)) {
            early(a, b);
        } else {
            late(a, b, flags);
        }
    }

    private void early(Node a, Node b) {
        boolean shorter = since(SchedulerVersion.EEVDF_6_12) && b.slice < a.slice;
        if (shorter && eligible(b) && (b.deadline < a.deadline || !eligible(a))) {
            unprotect(a);
        }
        resched = trial(a.on, true) == b;
    }

    private void late(Node a, Node b, int flags) {
        boolean shorter = b.slice < a.slice;
        boolean candidate = version == SchedulerVersion.EEVDF_6_19_RC1;
        if (candidate && !shorter) {
            if ((flags & WakeFlags.FROM_THREAD) != 0 && !eligible(a)) {
                resched = true;
                return;
            }
            boolean becomes = a.on.next == null || a.on.next.deadline >= b.deadline;
            if (becomes) {
                nominate(b);
            }
            if (becomes && (flags & WakeFlags.SYNC) != 0) {
                long cost = tunables.migrationCost() / ((flags & WakeFlags.SELECTED) != 0 ? 4 : 1);
                resched = b.deadline < a.deadline && a.sumExec - a.prevSumExec >= cost;
                return;
            }
        }
        Node picked = trial(a.on, !shorter);
        while (since(SchedulerVersion.EEVDF_7_1) && picked.delayed) {
            settle(picked);
            picked = trial(a.on, !shorter);
        }
        if (picked == b) {
            resched = true;
            if (shorter) {
                unprotect(a);
                if (since(SchedulerVersion.EEVDF_7_1)) {
                    clearBuddies(a);
                }
            }
        } else if (shorter || since(SchedulerVersion.EEVDF_6_19_RC1)) {
            a.protectedUntil = Math.min(a.protectedUntil, a.v + toVirtual(shortest(a.on), a.weight));
        }
    }

    @Override
    void yieldRule(Node n) {
        if (!since(SchedulerVersion.EEVDF_6_18) && version != SchedulerVersion.EEVDF_6_12_STABLE) {
            n.deadline += toVirtual(n.slice, n.weight);
        } else if (eligible(n)) {
            n.v = n.deadline;
            n.deadline += toVirtual(n.slice, n.weight);
            raiseMinimum(n.on);
        }
    }
}
