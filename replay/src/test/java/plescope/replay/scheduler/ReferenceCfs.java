package plescope.replay.scheduler;

import java.util.List;

/** CFS from the definitions. */
final class ReferenceCfs extends ReferenceScheduler {
    private final boolean hierarchical;

    ReferenceCfs(SchedulerTunables tunables, int vcpus, int[] groupOf) {
        super(tunables, vcpus, groupOf);
        this.hierarchical = tunables.has(KernelFeature.ALT_PERIOD);
    }

    @Override
    long key(Node n) {
        return n.v;
    }

    @Override
    void place(Node n, Enqueue why) {
        long at =
                why == Enqueue.INITIAL ? n.on.minV + toVirtual(slice(n), n.weight) : n.on.minV - tunables.latency() / 2;
        n.v = Math.max(n.v, at);
    }

    private long slice(Node entity) {
        int count = hierarchical ? runnableThreads : entity.on.members.size() + (entity.queued ? 0 : 1);
        long slice = count > 8 ? count * tunables.minGranularity() : tunables.latency();
        for (Node n = entity; n != null; n = n.parent()) {
            long load = n.queued ? 0 : n.weight;
            for (Node member : n.on.members) {
                load += member.weight;
            }
            slice = slice * n.weight / load;
        }
        return hierarchical ? Math.max(slice, tunables.minGranularity()) : slice;
    }

    @Override
    void leaving(Node n, boolean sleep) {}

    @Override
    boolean delays(Node n) {
        return false;
    }

    @Override
    void requeueDelayed(Node n) {
        throw new AssertionError();
    }

    @Override
    void charged(Node n) {}

    @Override
    void picked(Node n) {}

    /** Whether b is far enough behind a to run in its place: 1; within the gate 0; not behind -1. */
    private int preempts(Node a, Node b) {
        if (a.v <= b.v) {
            return -1;
        }
        return a.v - b.v > toVirtual(tunables.wakeupGranularity(), b.weight) ? 1 : 0;
    }

    @Override
    Node pick(Queue q) {
        List<Node> tree = tree(q);
        Node curr = q.runnable();
        Node left = tree.isEmpty() ? curr : tree.get(0);
        if (curr != null && curr.v < left.v) {
            left = curr;
        }
        Node best = left;
        if (q.skip == best) {
            Node second = second(tree, best, curr);
            if (second != null && preempts(second, left) < 1) {
                best = second;
            }
        }
        if (q.last != null && preempts(q.last, left) < 1) {
            best = q.last;
        }
        if (q.next != null && preempts(q.next, left) < 1) {
            best = q.next;
        }
        clearBuddies(best);
        return best;
    }

    private static Node second(List<Node> tree, Node skipped, Node curr) {
        if (skipped == curr) {
            return tree.isEmpty() ? null : tree.get(0);
        }
        int after = tree.indexOf(skipped) + 1;
        Node second = after < tree.size() ? tree.get(after) : null;
        return second == null || (curr != null && curr.v < second.v) ? curr : second;
    }

    @Override
    void ticked(Node n) {
        if (n.on.members.size() <= 1) {
            return;
        }
        long ideal = slice(n);
        long ran = n.sumExec - n.prevSumExec;
        if (ran > ideal) {
            resched = true;
            clearBuddies(n);
        } else if (ran >= tunables.minGranularity() && n.v - leftmost(n.on).v > ideal) {
            resched = true;
        }
    }

    @Override
    void wakeupPreempt(Node wakee, int flags) {
        if (running == null) {
            resched = true;
        }
        if (resched || running == wakee) {
            return;
        }
        boolean crowded = running.on.members.size() >= 8;
        Node a = running;
        Node b = wakee;
        while (a.on != b.on) {
            a = a.parent();
            b = b.parent();
        }
        if (preempts(a, b) == 1) {
            nominate(b);
            resched = true;
            if (crowded && a.below == null) {
                for (Node n = a; n != null; n = n.parent()) {
                    n.on.last = n;
                }
            }
        }
    }

    @Override
    void yieldRule(Node n) {
        for (Node se = n; se != null; se = se.parent()) {
            se.on.skip = se;
        }
    }
}
