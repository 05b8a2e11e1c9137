package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.policy.PartialSetting;
import plescope.replay.policy.PolicyCatalog;
import plescope.replay.policy.PolicySpec.Role;
import plescope.replay.policy.Setting;

/**
 * Tells the hosts of two recordings apart. VMs are the same if their names are, vCPUs if their numbers are. Costs are measured, not
 * configured, so they make no difference; how long a unit of the PLE window takes does where only one recording could measure it.
 */
final class HostDifference {
    private static final String PLE_OFF = "no-ple";

    private final Recording from;
    private final Recording to;
    private final HostModel fromHost;
    private final HostModel toHost;

    HostDifference(Recording from, Recording to) {
        this.from = from;
        this.to = to;
        this.fromHost = from.host().model();
        this.toHost = to.host().model();
    }

    List<Change> changes() {
        Setting after = setting(to);
        return changes(to.host().setting().assumed() ? underKernel(setting(from), after) : after);
    }

    /** The same where more is known of the setting than the log shows. */
    List<Change> changes(Setting after) {
        List<Change> changes = new ArrayList<>();
        Setting before = setting(from);
        if (!after.equals(before)) {
            changes.addAll(becoming(before, after));
        }
        if (fromHost.pcpus() != toHost.pcpus()) {
            changes.add(new NumberChange(HostNumber.PCPUS, toHost.pcpus()));
        }
        if (!pleOff(after)) {
            changes.addAll(windows(pleOff(before)));
        }
        changes.addAll(pins());
        return changes;
    }

    /** The setting a recording was made under, as far as its log tells. */
    static Setting setting(Recording recording) {
        return Setting.parse(recording.host().setting().setting());
    }

    /** The changes that lead from one setting to another. */
    static List<Change> becoming(Setting before, Setting after) {
        Change replaced = SettingChange.replaced(PartialSetting.parse(after.toString()));
        boolean flat = after.layout() == CgroupLayout.FLAT && before.layout() != CgroupLayout.FLAT;
        return flat ? List.of(replaced, SettingChange.of(CgroupLayout.FLAT)) : List.of(replaced);
    }

    /** The setting of a log that tells no kernel, where another tells it: only whether PLE is on is the log's own. */
    static Setting underKernel(Setting kernel, Setting own) {
        if (pleOff(own) == pleOff(kernel)) {
            return kernel;
        }
        List<Setting.Chosen> off = List.of(new Setting.Chosen(PLE_OFF, Map.of()));
        return new Setting(kernel.scheduler(), kernel.layout(), pleOff(own) ? off : List.of());
    }

    static boolean pleOff(Setting setting) {
        return setting.policies().stream()
                .anyMatch(chosen -> PolicyCatalog.find(chosen.name()).role() == Role.PLE_OFF);
    }

    /** A recording without PLE exits shows neither the window nor its unit. */
    private List<Change> windows(boolean unknownBefore) {
        List<Change> changes = new ArrayList<>();
        PleHardware before = fromHost.ple();
        PleHardware after = toHost.ple();
        if (before.max() < after.window()) {
            changes.add(new NumberChange(HostNumber.PLE_WINDOW_MAX, after.max()));
        }
        if (before.window() != after.window()) {
            changes.add(new NumberChange(HostNumber.PLE_WINDOW, after.window()));
        }
        if (unknownBefore && before.max() > after.max()) {
            changes.add(new NumberChange(HostNumber.PLE_WINDOW_MAX, after.max()));
        }
        if (unknownBefore && before.unitPicos() != after.unitPicos()) {
            changes.add(new NumberChange(HostNumber.PLE_UNIT_PS, after.unitPicos()));
        }
        return changes;
    }

    private List<Change> pins() {
        Map<String, CpuSet> sets = new LinkedHashMap<>();
        CpuSet anywhere = CpuSet.first(toHost.pcpus());
        boolean free = true;
        for (Roster.Vcpu vcpu : to.roster().vcpus()) {
            String label = to.roster().label(vcpu.index());
            CpuSet before = before(label);
            CpuSet after = toHost.allowedPcpus(vcpu.index());
            free &= after.equals(anywhere);
            if (before != null && !before.equals(after)) {
                sets.put(label, after);
            }
        }
        if (sets.isEmpty()) {
            return List.of();
        }
        return List.of(free ? PinChange.none() : PinChange.sets(sets));
    }

    /** Where the vCPU of that name may run after the pCPUs are as many as they shall be; null if there is no such vCPU. */
    private CpuSet before(String label) {
        for (Roster.Vcpu vcpu : from.roster().vcpus()) {
            if (from.roster().label(vcpu.index()).equals(label)) {
                CpuSet set = fromHost.allowedPcpus(vcpu.index());
                return set.equals(CpuSet.first(fromHost.pcpus())) ? CpuSet.first(toHost.pcpus()) : set;
            }
        }
        return null;
    }
}
