package plescope.replay.scenario.text;

import java.util.function.BooleanSupplier;
import plescope.parser.event.ExitReason.Family;
import plescope.replay.guest.GuestSoftware;
import plescope.replay.guest.Privilege;
import plescope.replay.guest.VirtualCpus;
import plescope.replay.model.Roster;
import plescope.replay.model.Wait;

/**
 * Guests whose orders to their vCPUs are overheard; they and their host notice nothing.
 *
 * @param enough whether all was heard that there is need for: the run may end
 */
public record WatchedGuests(GuestSoftware guests, GuestActivity activity, BooleanSupplier enough)
        implements GuestSoftware {
    @Override
    public Roster roster() {
        return guests.roster();
    }

    @Override
    public void boot(VirtualCpus cpus) {
        guests.boot(new WatchedCpus(cpus, activity));
    }

    @Override
    public void proceed(int vcpu) {
        guests.proceed(vcpu);
    }

    @Override
    public void handled(int vcpu, int vector, long tag) {
        guests.handled(vcpu, vector, tag);
    }

    @Override
    public long handlerNs(int vcpu, int vector, long tag) {
        return guests.handlerNs(vcpu, vector, tag);
    }

    @Override
    public boolean handlersOverlap() {
        return guests.handlersOverlap();
    }

    @Override
    public int blocker(int spinner) {
        return guests.blocker(spinner);
    }

    @Override
    public boolean waitsFor(int spinner, int other) {
        return guests.waitsFor(spinner, other);
    }

    @Override
    public boolean critical(int vcpu) {
        return guests.critical(vcpu);
    }

    @Override
    public boolean inKernel(int vcpu, Privilege told) {
        return guests.inKernel(vcpu, told);
    }

    @Override
    public void cut(int spinner) {
        guests.cut(spinner);
    }

    @Override
    public int stuckHalt(int vm) {
        return guests.stuckHalt(vm);
    }

    @Override
    public boolean haltOver(int vcpu) {
        return guests.haltOver(vcpu);
    }

    @Override
    public boolean done() {
        return enough.getAsBoolean() || guests.done();
    }

    private record WatchedCpus(VirtualCpus cpus, GuestActivity activity) implements VirtualCpus {
        @Override
        public long now() {
            return cpus.now();
        }

        @Override
        public void compute(int vcpu, long ns, Privilege privilege, boolean useful) {
            activity.works(vcpu, privilege, cpus.now());
            cpus.compute(vcpu, ns, privilege, useful);
        }

        @Override
        public void spin(int vcpu, long limitNs, Privilege privilege, Wait.Cause cause) {
            activity.spins(vcpu, privilege, cause, cpus.now());
            cpus.spin(vcpu, limitNs, privilege, cause);
        }

        @Override
        public void halt(int vcpu) {
            activity.works(vcpu, Privilege.KERNEL, cpus.now());
            cpus.halt(vcpu);
        }

        @Override
        public void exit(int vcpu, Family family, long hostNs) {
            activity.works(vcpu, Privilege.KERNEL, cpus.now());
            cpus.exit(vcpu, family, hostNs);
        }

        @Override
        public void yieldTo(int vcpu, int target, Family family) {
            cpus.yieldTo(vcpu, target, family);
        }

        @Override
        public void shutdown(int vcpu) {
            cpus.shutdown(vcpu);
        }

        @Override
        public void release(int spinner, int culprit) {
            cpus.release(spinner, culprit);
        }

        @Override
        public long takeOff(int vcpu) {
            return cpus.takeOff(vcpu);
        }

        @Override
        public long leftNs(int vcpu) {
            return cpus.leftNs(vcpu);
        }

        @Override
        public void setLeftNs(int vcpu, long ns) {
            cpus.setLeftNs(vcpu, ns);
        }

        @Override
        public void sendIpi(int sender, int receiver, int vector, long tag, int receivers) {
            cpus.sendIpi(sender, receiver, vector, tag, receivers);
        }

        @Override
        public void interrupt(int vcpu, int vector, long tag) {
            cpus.interrupt(vcpu, vector, tag);
        }

        @Override
        public void armTimer(int vcpu, long atNs, int vector, long tag) {
            cpus.armTimer(vcpu, atNs, vector, tag);
        }

        @Override
        public void disarmTimer(int vcpu) {
            cpus.disarmTimer(vcpu);
        }

        @Override
        public void callAt(long atNs, Runnable device) {
            cpus.callAt(atNs, device);
        }

        @Override
        public boolean preempted(int vcpu) {
            return cpus.preempted(vcpu);
        }

        @Override
        public long stealNs(int vcpu) {
            return cpus.stealNs(vcpu);
        }

        @Override
        public boolean preferred(int vcpu) {
            return cpus.preferred(vcpu);
        }
    }
}
