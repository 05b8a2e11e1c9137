package plescope.replay.whatif;

import java.util.List;
import java.util.stream.Collectors;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.policy.CgroupLayout;
import plescope.replay.scheduler.SchedulerTunables;

/**
 * A question: what if these things had been different? Written as a setting, changes, or both, with semicolons between:
 * {@code eevdf-6.18+p2024; pcpus=4; pin=cyclic}.
 *
 * @param text as the user wrote it, in canonical form
 */
public record WhatIf(String text, List<Change> changes) {
    static final String SEPARATOR = "; ";

    public WhatIf {
        changes = List.copyOf(changes);
    }

    /** The question these changes make. */
    public WhatIf(List<Change> changes) {
        this(changes.stream().map(Change::toString).collect(Collectors.joining(SEPARATOR)), changes);
    }

    /** Reads a question; a {@link WhatIfException} says what is wrong and where. */
    public static WhatIf parse(String text) {
        return new WhatIf(new WhatIfParser(text).parse());
    }

    /** Applies the changes in order; throws {@code IllegalArgumentException} with the reason where one makes no sense. */
    public Experiment apply(Experiment identity) {
        Experiment changed = identity;
        for (Change change : changes) {
            try {
                changed = change.apply(changed);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(change + ": " + e.getMessage(), e);
            }
        }
        check(changed);
        return changed;
    }

    /** What this asks, told apart from the setting it leads to: the changes of anything else. */
    public String beside() {
        return changes.stream()
                .filter(change -> !(change instanceof SettingChange))
                .map(Change::toString)
                .collect(Collectors.joining(SEPARATOR));
    }

    /** What no single change can see, for a later one may put it right. */
    private static void check(Experiment changed) {
        SchedulerTunables.of(changed.setting().scheduler(), changed.host());
        if (changed.setting().layout() != CgroupLayout.FLAT) {
            return;
        }
        for (int vm = 0; vm < changed.host().cgroups().size(); vm++) {
            if (!changed.host().cgroup(vm).equals(Cgroup.DEFAULT)) {
                String name = changed.work().roster().vms().get(vm).name();
                throw new IllegalArgumentException(
                        name + " has a weight or limit, but without groups it has no effect: add cgroup=vm");
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
