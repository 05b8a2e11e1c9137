package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.policy.EditDistance;

/** All kinds of changes by name, beside settings themselves. */
public final class ChangeCatalog {
    private static final List<ChangeSpec> ALL = all();

    private ChangeCatalog() {}

    private static List<ChangeSpec> all() {
        List<ChangeSpec> all = new ArrayList<>(List.of(
                new ChangeSpec(
                        "scheduler",
                        null,
                        "eevdf-6.18",
                        "another host kernel; policies and layout stay, features and slices become the kernel's own",
                        SettingChange::scheduler),
                new ChangeSpec(
                        "cgroup", null, "flat, vm, vm-vcpu or systemd", "another cgroup layout", SettingChange::layout),
                new ChangeSpec(
                        "features",
                        null,
                        "NEXT_BUDDY,NO_RUN_TO_PARITY",
                        "scheduler features switched on, or off with NO_ before them",
                        FeatureChange::read),
                new ChangeSpec(
                        "pin",
                        null,
                        "vm0:0-1,vm1/vcpu2:3, or cyclic, cyclic:N, pools, none",
                        "which pCPUs vCPUs may use; others stay as they are",
                        PinChange::read),
                new ChangeSpec(
                        "start",
                        null,
                        "vm0:1,vm1/vcpu2:0, or fork, shuffled:SEED",
                        "the pCPU a thread starts on, and mostly stays on while loads are equal",
                        StartChange::read),
                new ChangeSpec(
                        "cpu.weight",
                        null,
                        "vm0:200,vm1:50",
                        "weight of a VM's group, 1 to 10000",
                        CgroupChange::weight),
                new ChangeSpec(
                        "cpu.shares",
                        null,
                        "vm0:2048",
                        "the same as cgroup v1 counts it, 2 to 262144",
                        CgroupChange::shares),
                new ChangeSpec(
                        "cpu.max",
                        null,
                        "vm0:50000/100000, or vm0:max",
                        "run time of a VM's group per period, microseconds; the period is 100000 if left out",
                        CgroupChange::max),
                new ChangeSpec(
                        "add",
                        null,
                        "copy of vm0, or burner:N",
                        "one more VM: the same work as another, or N vCPUs that compute without end",
                        VmChange::added),
                new ChangeSpec("remove", null, "vm1", "a VM less", VmChange::removed),
                new ChangeSpec("costs", null, "x0.5", "all costs of host work times a factor", CostsChange::read)));
        for (HostNumber number : HostNumber.values()) {
            all.add(number.spec());
        }
        return List.copyOf(all);
    }

    /** Every kind of change. */
    public static List<ChangeSpec> list() {
        return ALL;
    }

    /** The kind of that name or alias, null if there is none. */
    public static ChangeSpec find(String name) {
        for (ChangeSpec spec : ALL) {
            if (spec.name().equals(name) || name.equals(spec.alias())) {
                return spec;
            }
        }
        return null;
    }

    /** The kind most like {@code name}. */
    static String nearest(String name) {
        return EditDistance.nearest(name, ALL.stream().map(ChangeSpec::name).toList());
    }
}
