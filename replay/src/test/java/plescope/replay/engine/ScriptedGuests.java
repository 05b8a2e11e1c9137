package plescope.replay.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.VirtualCpus;
import plescope.replay.model.Roster;
import plescope.replay.model.Wait;

/** Guests that do what a test tells them, order by order, and then shut down. Handlers take 2 us. */
class ScriptedGuests implements GuestSoftware {
    /** One order, or several things before it. */
    interface Order {
        void give(VirtualCpus cpus, int vcpu);
    }

    final List<String> log = new ArrayList<>();
    private final Roster roster;
    private final List<Deque<Order>> orders = new ArrayList<>();
    VirtualCpus cpus;

    /** One VM. */
    ScriptedGuests(int vcpus) {
        this(1, vcpus);
    }

    ScriptedGuests(int vms, int vcpus) {
        roster = Workloads.roster(vms, vcpus);
        for (int v = 0; v < vms * vcpus; v++) {
            orders.add(new ArrayDeque<>());
        }
    }

    ScriptedGuests on(int vcpu, Order... script) {
        orders.get(vcpu).addAll(List.of(script));
        return this;
    }

    static Order compute(long ns) {
        return (cpus, vcpu) -> cpus.compute(vcpu, ns, Privilege.KERNEL, true);
    }

    static Order computeInUserMode(long ns) {
        return (cpus, vcpu) -> cpus.compute(vcpu, ns, Privilege.USER, true);
    }

    static Order spin(long limitNs) {
        return (cpus, vcpu) -> cpus.spin(vcpu, limitNs, Privilege.KERNEL, Wait.Cause.LOCK);
    }

    static Order halt() {
        return VirtualCpus::halt;
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public void boot(VirtualCpus host) {
        this.cpus = host;
    }

    @Override
    public void proceed(int vcpu) {
        log.add("vcpu" + vcpu + " goes on at " + cpus.now());
        Order next = orders.get(vcpu).poll();
        if (next == null) {
            cpus.shutdown(vcpu);
        } else {
            next.give(cpus, vcpu);
        }
    }

    @Override
    public void handled(int vcpu, int vector, long tag) {
        log.add("vcpu" + vcpu + " handled " + vector + "/" + tag + " at " + cpus.now());
    }

    @Override
    public long handlerNs(int vcpu, int vector, long tag) {
        return 2_000;
    }

    @Override
    public boolean handlersOverlap() {
        return false;
    }

    @Override
    public int blocker(int spinner) {
        return -1;
    }

    @Override
    public boolean waitsFor(int spinner, int other) {
        return false;
    }

    @Override
    public boolean critical(int vcpu) {
        return false;
    }

    @Override
    public void cut(int vcpu) {
        log.add("vcpu" + vcpu + " is cut at " + cpus.now());
    }

    @Override
    public boolean done() {
        return false;
    }
}
