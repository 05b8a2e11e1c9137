package plescope.replay.scheduler;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One pCPU's fair scheduler written from the definitions: every sum is taken anew over all members, in exact numbers. Slow and
 * obvious on purpose. What the two schedulers do differently is in {@link ReferenceCfs} and {@link ReferenceEevdf}.
 */
abstract class ReferenceScheduler {
    static final BigInteger NICE_0 = BigInteger.valueOf(1L << 20);

    /** A thread or a group. */
    static final class Node {
        final int id;
        final Queue below;
        Queue on;
        long weight = 1L << 20;
        long v;
        long deadline;
        long slice;
        long customSlice = -1;
        long lag;
        long protectedUntil;
        long pickedDeadline;
        long execStart;
        long sumExec;
        long prevSumExec;
        boolean queued;
        boolean delayed;
        boolean relativeDeadline;
        long order;

        Node(int id, Queue on, Queue below) {
            this.id = id;
            this.on = on;
            this.below = below;
        }

        Node parent() {
            return on.owner;
        }
    }

    /** The members of a group that are queued, the running one included. */
    static final class Queue {
        final List<Node> members = new ArrayList<>();
        Node owner;
        Node curr;
        Node next;
        Node last;
        Node skip;
        long minV;

        Node runnable() {
            return curr != null && curr.queued ? curr : null;
        }
    }

    final SchedulerTunables tunables;
    final Queue root = new Queue();
    final List<Node> threads = new ArrayList<>();
    long now;
    boolean resched;
    Node running;
    int runnableThreads;
    private long orders;

    /** One queue per group; {@code groupOf} is empty for no groups. */
    ReferenceScheduler(SchedulerTunables tunables, int vcpus, int[] groupOf) {
        this.tunables = tunables;
        List<Queue> groups = new ArrayList<>();
        for (int v = 0; v < vcpus; v++) {
            Queue leaf = root;
            if (groupOf.length > 0) {
                while (groups.size() <= groupOf[v]) {
                    Queue group = new Queue();
                    group.owner = new Node(-1, root, group);
                    groups.add(group);
                }
                leaf = groups.get(groupOf[v]);
            }
            Node thread = new Node(v, leaf, null);
            thread.slice = tunables.baseSlice();
            threads.add(thread);
        }
    }

    abstract long key(Node n);

    abstract void place(Node n, Enqueue why);

    abstract void leaving(Node n, boolean sleep);

    abstract boolean delays(Node n);

    abstract void requeueDelayed(Node n);

    abstract void charged(Node n);

    abstract void picked(Node n);

    abstract Node pick(Queue q);

    abstract void ticked(Node n);

    abstract void wakeupPreempt(Node wakee, int flags);

    abstract void yieldRule(Node n);

    static long toVirtual(long ns, long weight) {
        return BigInteger.valueOf(ns)
                .multiply(NICE_0)
                .divide(BigInteger.valueOf(weight))
                .longValueExact();
    }

    /** The queue's other members by key, of equals those that came first. */
    List<Node> tree(Queue q) {
        List<Node> tree = new ArrayList<>(q.members);
        tree.remove(q.curr);
        tree.sort(Comparator.comparingLong(this::key).thenComparingLong(n -> n.order));
        return tree;
    }

    Node leftmost(Queue q) {
        List<Node> tree = tree(q);
        return tree.isEmpty() ? null : tree.get(0);
    }

    void advance(long to) {
        now = to;
        for (Node n = running; n != null; n = n.parent()) {
            long delta = now - n.execStart;
            if (delta > 0) {
                n.execStart = now;
                n.sumExec += delta;
                n.v += toVirtual(delta, n.weight);
                charged(n);
                raiseMinimum(n.on);
            }
        }
    }

    void raiseMinimum(Queue q) {
        q.members.stream().mapToLong(n -> n.v).min().ifPresent(least -> q.minV = Math.max(q.minV, least));
    }

    void fork(Node thread) {
        runnableThreads++;
        thread.v = thread.on.minV;
        enqueue(thread, Enqueue.INITIAL);
    }

    void wake(Node thread) {
        runnableThreads++;
        enqueue(thread, Enqueue.WAKEUP);
    }

    private void enqueue(Node first, Enqueue first0) {
        Enqueue why = first0;
        for (Node n = first; n != null; n = n.parent()) {
            if (n.queued) {
                if (n.delayed) {
                    requeueDelayed(n);
                }
                return;
            }
            place(n, why);
            insert(n);
            why = Enqueue.WAKEUP;
        }
    }

    void insert(Node n) {
        n.on.members.add(n);
        n.order = ++orders;
        n.queued = true;
    }

    void block() {
        runnableThreads--;
        dequeue(running, true, false);
    }

    void dequeue(Node first, boolean sleep, boolean last) {
        boolean mayDelay = sleep && !last;
        for (Node n = first; n != null; n = n.parent()) {
            Queue q = n.on;
            if (mayDelay && delays(n)) {
                q.next = q.next == n ? null : q.next;
                n.delayed = true;
                return;
            }
            clearBuddies(n);
            leaving(n, sleep);
            q.members.remove(n);
            n.queued = false;
            n.delayed = false;
            raiseMinimum(q);
            if (!q.members.isEmpty()) {
                if (sleep && q.owner != null) {
                    nominate(q.owner);
                }
                return;
            }
            mayDelay = true;
        }
    }

    static void nominate(Node target) {
        for (Node n = target; n != null && n.queued; n = n.parent()) {
            n.on.next = n;
        }
    }

    static void clearBuddies(Node from) {
        for (Node n = from; n != null && n.on.last == n; n = n.parent()) {
            n.on.last = null;
        }
        for (Node n = from; n != null && n.on.next == n; n = n.parent()) {
            n.on.next = null;
        }
        for (Node n = from; n != null && n.on.skip == n; n = n.parent()) {
            n.on.skip = null;
        }
    }

    Node pickNext() {
        Queue q = root;
        Node n = null;
        while (q != null) {
            if (root.members.isEmpty()) {
                return null;
            }
            n = pick(q);
            q = n == null ? root : n.below;
        }
        return n;
    }

    void switchTo(Node next) {
        Node put = running;
        Node set = next;
        while (put != null || set != null) {
            boolean shared = put != null && set != null && put.on == set.on;
            if (put != null) {
                put.order = ++orders;
                put.on.curr = null;
                put = put.parent();
            }
            if (set != null) {
                clearBuddies(set);
                picked(set);
                set.execStart = now;
                set.prevSumExec = set.sumExec;
                set.on.curr = set;
                set = set.parent();
            }
            if (shared) {
                break;
            }
        }
        running = next;
    }

    void tick() {
        for (Node n = running; n != null; n = n.parent()) {
            ticked(n);
        }
    }

    void giveWay() {
        if (runnableThreads > 1) {
            clearBuddies(running);
            yieldRule(running);
        }
    }

    void yieldTo(Node target) {
        nominate(target);
        giveWay();
    }
}
