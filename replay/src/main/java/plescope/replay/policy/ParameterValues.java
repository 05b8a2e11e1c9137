package plescope.replay.policy;

import java.util.Map;
import java.util.TreeMap;

/** The parameters of one policy in one setting: what was given, else the default. */
public final class ParameterValues {
    private final PolicySpec spec;
    private final SchedulerVersion scheduler;
    private final Map<String, Long> given;

    ParameterValues(PolicySpec spec, SchedulerVersion scheduler, Map<String, Long> given) {
        this.spec = spec;
        this.scheduler = scheduler;
        this.given = new TreeMap<>(given);
    }

    /** The setting's host kernel. */
    public SchedulerVersion scheduler() {
        return scheduler;
    }

    /** The value, in the parameter's base unit. */
    public long get(String name) {
        Parameter parameter = spec.parameter(name);
        if (parameter == null) {
            throw new IllegalArgumentException(spec.name() + " declares no parameter " + name);
        }
        return given.getOrDefault(name, parameter.defaultValue());
    }

    /** The value of a count. */
    public int count(String name) {
        return Math.toIntExact(get(name));
    }

    public boolean flag(String name) {
        return get(name) != 0;
    }

    /** The value of a flag that may be left to {@code otherwise}. */
    public boolean flag(String name, boolean otherwise) {
        long value = get(name);
        return value == Parameter.AUTO ? otherwise : value != 0;
    }
}
