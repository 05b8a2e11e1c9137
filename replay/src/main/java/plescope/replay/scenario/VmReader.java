package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import plescope.replay.guest.GuestFeatures;
import plescope.replay.guest.LockSpec;
import plescope.replay.guest.TaskSpec;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.scenario.grammar.ScenarioParser.BarrierContext;
import plescope.replay.scenario.grammar.ScenarioParser.CgroupContext;
import plescope.replay.scenario.grammar.ScenarioParser.ChannelContext;
import plescope.replay.scenario.grammar.ScenarioParser.GuestContext;
import plescope.replay.scenario.grammar.ScenarioParser.GuestEntryContext;
import plescope.replay.scenario.grammar.ScenarioParser.GuestNumberContext;
import plescope.replay.scenario.grammar.ScenarioParser.GuestSwitchContext;
import plescope.replay.scenario.grammar.ScenarioParser.LockContext;
import plescope.replay.scenario.grammar.ScenarioParser.LockKindContext;
import plescope.replay.scenario.grammar.ScenarioParser.TaskContext;
import plescope.replay.scenario.grammar.ScenarioParser.VcpusContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmContext;
import plescope.replay.scenario.grammar.ScenarioParser.VmEntryContext;

/** Reads one copy of a {@code vm} block. */
final class VmReader {
    /** {@code KVM_MAX_VCPUS} of x86 kernels since 5.16 [R]. */
    static final int MAX_VCPUS = 1024;

    private static final int MAX_TASKS = 4096;
    private static final int MAX_CAPACITY = 1 << 20;
    private static final long SECOND_NS = 1_000_000_000;

    private final SourceText source;
    private final Values values;
    private final HostReader.Machine machine;
    private final Map<String, CpuSet> pools;
    private final VmNames names;
    private final Rendezvous rendezvous;
    private final LockOrder order;

    private final List<VmSpec.Channel> channels = new ArrayList<>();
    private final List<VmSpec.Barrier> barriers = new ArrayList<>();
    private final List<TaskSpec> tasks = new ArrayList<>();

    /**
     * A VM and its place on the host.
     *
     * @param allowed per vCPU, the pCPUs its thread may use; empty for all
     */
    record Placed(VmSpec vm, List<CpuSet> allowed, Cgroup cgroup) {}

    VmReader(SourceText source, Values values, HostReader.Machine machine, Map<String, CpuSet> pools) {
        this.source = source;
        this.values = values;
        this.machine = machine;
        this.pools = pools;
        this.names = VmNames.in(source);
        this.rendezvous = new Rendezvous(source, names);
        this.order = new LockOrder(source, names.locks());
    }

    Placed read(String name, VmContext vm) {
        Fields fields = new Fields(source, values);
        int vcpus = vcpus(vm, fields);
        GuestFeatures features = features(List.of());
        Cgroup cgroup = Cgroup.DEFAULT;
        for (VmEntryContext entry : vm.vmEntry()) {
            if (entry instanceof GuestContext guest) {
                fields.once(entry.getStart());
                features = features(guest.guestEntry());
            } else if (entry instanceof CgroupContext group) {
                fields.once(entry.getStart());
                cgroup = cgroup(group);
            } else {
                declaration(entry);
            }
        }
        if (features.virtualCores() > vcpus) {
            throw source.error(vm.getStart(), "a core of " + features.virtualCores() + " vCPUs in a VM of " + vcpus);
        }
        List<CpuSet> allowed = new Placement(source, values, machine, pools).of(vm, vcpus, fields);
        for (VmEntryContext entry : vm.vmEntry()) {
            if (entry instanceof TaskContext task) {
                task(task, vcpus);
            }
        }
        order.refuseRings();
        rendezvous.refuseThoseThatNeverHappen(barriers);
        VmSpec spec = new VmSpec(name, vcpus, features, locks(), channels, barriers, tasks);
        return new Placed(spec, allowed, cgroup);
    }

    private int vcpus(VmContext vm, Fields fields) {
        int vcpus = 0;
        for (VmEntryContext entry : vm.vmEntry()) {
            if (entry instanceof VcpusContext number) {
                fields.once(entry.getStart());
                vcpus = values.integer(number.value(), "vcpus", 1, MAX_VCPUS);
            }
        }
        if (vcpus == 0) {
            throw source.error(vm.getStart(), "the VM needs a number of vcpus", "add 'vcpus 4;'");
        }
        return vcpus;
    }

    private void declaration(VmEntryContext entry) {
        if (entry instanceof LockContext lock) {
            names.locks().declare(lock.name().getStart(), Values.name(lock.name()));
            names.kinds().add(kind(lock.lockKind()));
        } else if (entry instanceof ChannelContext channel) {
            String name = Values.name(channel.name());
            names.channels().declare(channel.name().getStart(), name);
            channels.add(new VmSpec.Channel(name, values.integer(channel.value(), "capacity", 1, MAX_CAPACITY)));
        } else if (entry instanceof BarrierContext barrier) {
            String name = Values.name(barrier.name());
            names.barriers().declare(barrier.name().getStart(), name);
            int parties = values.integer(barrier.value(), "parties", 0, MAX_TASKS);
            barriers.add(
                    new VmSpec.Barrier(name, parties, barrier.wait.getText().equals("spins")));
        }
    }

    private LockSpec.Kind kind(LockKindContext kind) {
        Token at = kind.getStart();
        String word = kind.REF() == null ? at.getText() : values.text(at);
        for (LockSpec.Kind known : LockSpec.Kind.values()) {
            if (word.equals(known.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return known;
            }
        }
        throw source.error(at, "'" + word + "' is no kind of lock", "kinds are test-and-set, ticket, queued and mutex");
    }

    private List<LockSpec> locks() {
        List<LockSpec> locks = new ArrayList<>();
        for (int i = 0; i < names.locks().size(); i++) {
            locks.add(new LockSpec(names.locks().name(i), names.kinds().get(i)));
        }
        return locks;
    }

    private void task(TaskContext task, int vcpus) {
        int count = task.value() == null ? 1 : values.integer(task.value(), "number of tasks", 0, MAX_TASKS);
        CpuSet affinity = task.cpus() == null ? CpuSet.of() : values.cpus(task.cpus(), "vCPU", vcpus - 1);
        ProgramReader program = new ProgramReader(source, values, names, vcpus, order);
        int nestings = order.size();
        TaskSpec spec = new TaskSpec(values.text(task.text()), count, affinity, program.read(task.body()));
        order.by(count, nestings);
        if (count > 0) {
            rendezvous.add(program, count);
            tasks.add(spec);
        }
    }

    private GuestFeatures features(List<GuestEntryContext> entries) {
        Fields fields = new Fields(source, values);
        boolean s390 = machine.arch() == Arch.S390;
        boolean[] on = {false, false, false, s390};
        List<String> switches = List.of("pv-spinlock", "pv-sched-yield", "pv-tlb-flush", "diag");
        for (GuestEntryContext entry : entries) {
            if (entry instanceof GuestNumberContext number) {
                fields.add(number.key, number.value());
            } else if (entry instanceof GuestSwitchContext named) {
                fields.once(named.key);
                int which = switches.indexOf(named.key.getText());
                on[which] = values.onOff(named.onOff());
                refuseOtherHardware(named.key, on[which] && s390 != (which == 3));
            }
        }
        GuestFeatures usual = GuestFeatures.DEFAULT;
        return new GuestFeatures(
                fields.integer("hz", usual.hz(), 10, 10_000),
                fields.nanos("slice", usual.sliceNs(), 100_000, SECOND_NS),
                on[0],
                on[1],
                on[2],
                on[3],
                fields.integer("cores", usual.virtualCores(), 1, MAX_VCPUS));
    }

    private void refuseOtherHardware(Token key, boolean wrong) {
        if (wrong) {
            throw source.error(
                    key, "guests on " + machine.arch().name().toLowerCase(Locale.ROOT) + " have no " + key.getText());
        }
    }

    private Cgroup cgroup(CgroupContext group) {
        Fields fields = new Fields(source, values);
        group.cgroupEntry().forEach(entry -> fields.add(entry.key, entry.value()));
        Cgroup usual = Cgroup.DEFAULT;
        return new Cgroup(
                fields.integer("shares", (int) usual.shares(), 2, 262_144),
                fields.nanos("quota", usual.quotaNs(), 1_000_000, 1_000 * SECOND_NS),
                fields.nanos("period", usual.periodNs(), 1_000_000, SECOND_NS));
    }
}
