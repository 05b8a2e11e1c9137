package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import plescope.replay.model.Roster;

/**
 * A VM more or less.
 *
 * @param name the VM to copy or to remove, null for a burner
 * @param vcpus of a burner
 */
record VmChange(Kind kind, String name, int vcpus) implements Change {
    private static final String COPY = "copy of ";
    private static final String BURNER = "burner:";
    private static final int MOST_VCPUS = 1_024;

    enum Kind {
        COPY,
        BURNER,
        REMOVE
    }

    static VmChange added(String text) {
        if (text.startsWith(COPY)) {
            return new VmChange(Kind.COPY, text.substring(COPY.length()).strip(), 0);
        }
        if (text.startsWith(BURNER)) {
            return new VmChange(Kind.BURNER, null, count(text.substring(BURNER.length())));
        }
        throw new IllegalArgumentException("expected 'copy of VM' or 'burner:VCPUS', found '" + text + "'");
    }

    static VmChange removed(String text) {
        return new VmChange(Kind.REMOVE, text, 0);
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST_VCPUS) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a burner takes a number of vCPUs, found '" + text + "'", e);
        }
        throw new IllegalArgumentException("a burner's vCPUs must lie in 1.." + MOST_VCPUS + ", was " + text);
    }

    @Override
    public Experiment apply(Experiment to) {
        Roster roster = to.work().roster();
        List<Integer> vms =
                new ArrayList<>(roster.vms().stream().map(Roster.Vm::id).toList());
        switch (kind) {
            case COPY -> vms.add(RosterNames.vm(roster, name));
            case REMOVE -> vms.remove((Integer) RosterNames.vm(roster, name));
            case BURNER -> {
                return VmLineup.withBurner(to, vcpus);
            }
        }
        if (vms.isEmpty()) {
            throw new IllegalArgumentException(name + " is the only VM");
        }
        return new VmLineup(to, vms).build();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case COPY -> "add=" + COPY + name;
            case BURNER -> "add=" + BURNER + vcpus;
            case REMOVE -> "remove=" + name;
        };
    }
}
