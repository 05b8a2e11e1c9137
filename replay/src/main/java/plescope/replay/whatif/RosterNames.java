package plescope.replay.whatif;

import java.util.List;
import plescope.replay.model.Roster;
import plescope.replay.policy.EditDistance;

/** Finds VMs and vCPUs of a roster by the names a user sees. */
final class RosterNames {
    private RosterNames() {}

    /** Dense id of the VM of that name. */
    static int vm(Roster roster, String name) {
        List<String> names = roster.vms().stream().map(Roster.Vm::name).toList();
        int id = names.indexOf(name);
        if (id < 0) {
            throw new IllegalArgumentException("there is no VM '" + name + "', nearest is '"
                    + EditDistance.nearest(name, names) + "'; there are " + String.join(", ", names));
        }
        return id;
    }

    /** Dense indices of what is named: a VM, or {@code vm1/vcpu3}. */
    static List<Integer> vcpus(Roster roster, String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return roster.vcpusOf(vm(roster, name));
        }
        int vm = vm(roster, name.substring(0, slash));
        List<Integer> members = roster.vcpusOf(vm);
        for (int vcpu : members) {
            if (roster.label(vcpu).equals(name)) {
                return List.of(vcpu);
            }
        }
        throw new IllegalArgumentException("there is no vCPU '" + name + "'; there are " + roster.label(members.get(0))
                + " to " + roster.label(members.get(members.size() - 1)));
    }
}
