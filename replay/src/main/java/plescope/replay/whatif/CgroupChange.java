package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import plescope.replay.model.HostModel.Cgroup;
import plescope.replay.model.Roster;

/**
 * Other limits for VMs' groups.
 *
 * @param values by VM name, as the file takes them
 */
record CgroupChange(File file, Map<String, String> values) implements Change {
    private static final long MOST_WEIGHT = 10_000;
    private static final long US = 1_000;
    private static final String UNLIMITED = "max";

    enum File {
        /** cgroup v2. */
        WEIGHT("cpu.weight"),
        /** cgroup v1. */
        SHARES("cpu.shares"),
        /** Quota and period. */
        MAX("cpu.max");

        private final String label;

        File(String label) {
            this.label = label;
        }
    }

    CgroupChange {
        values = new LinkedHashMap<>(values);
        for (Map.Entry<String, String> value : values.entrySet()) {
            value.setValue(canonical(file, value.getValue()));
        }
    }

    static CgroupChange weight(String text) {
        return new CgroupChange(File.WEIGHT, NamedValues.read(text));
    }

    static CgroupChange shares(String text) {
        return new CgroupChange(File.SHARES, NamedValues.read(text));
    }

    static CgroupChange max(String text) {
        return new CgroupChange(File.MAX, NamedValues.read(text));
    }

    /** Also tells whether the value makes a group. */
    private static String canonical(File file, String value) {
        Cgroup group = changed(file, Cgroup.DEFAULT, value);
        return switch (file) {
            case WEIGHT, SHARES -> Long.toString(number(value));
            case MAX -> group.quotaNs() < 0 ? UNLIMITED : group.quotaNs() / US + "/" + group.periodNs() / US;
        };
    }

    private static Cgroup changed(File file, Cgroup before, String value) {
        return switch (file) {
            case WEIGHT -> new Cgroup(sharesOf(number(value)), before.quotaNs(), before.periodNs());
            case SHARES -> new Cgroup(number(value), before.quotaNs(), before.periodNs());
            case MAX -> limited(before, value);
        };
    }

    /** {@code sched_weight_from_cgroup}: 100 is 1024, rounded to the nearest [R]. */
    private static long sharesOf(long weight) {
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("cpu.weight must lie in 1.." + MOST_WEIGHT + ", was " + weight);
        }
        return Math.max(2, (weight * 1024 + 50) / 100);
    }

    private static Cgroup limited(Cgroup before, String value) {
        int slash = value.indexOf('/');
        String quota = slash < 0 ? value : value.substring(0, slash);
        long periodNs = slash < 0 ? Cgroup.DEFAULT.periodNs() : number(value.substring(slash + 1)) * US;
        return new Cgroup(before.shares(), quota.equals(UNLIMITED) ? -1 : number(quota) * US, periodNs);
    }

    private static long number(String text) {
        try {
            return Integer.parseUnsignedInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found '" + text + "'", e);
        }
    }

    @Override
    public Experiment apply(Experiment to) {
        Roster roster = to.work().roster();
        List<Cgroup> groups = new ArrayList<>();
        for (Roster.Vm vm : roster.vms()) {
            groups.add(to.host().cgroup(vm.id()));
        }
        values.forEach((name, value) -> {
            int vm = RosterNames.vm(roster, name);
            groups.set(vm, changed(file, groups.get(vm), value));
        });
        return to.with(to.host().withCgroups(groups));
    }

    @Override
    public String toString() {
        return file.label
                + values.entrySet().stream()
                        .map(value -> value.getKey() + ":" + value.getValue())
                        .collect(Collectors.joining(",", "=", ""));
    }
}
