package plescope.replay.policy;

import java.util.Map;
import java.util.TreeMap;

/** The parameters of one policy in one setting: what was given, else the default. */
public final class ParameterValues {
    private final PolicySpec spec;
    private final Map<String, Long> given;

    ParameterValues(PolicySpec spec, Map<String, Long> given) {
        this.spec = spec;
        this.given = new TreeMap<>(given);
    }

    /** The value, in the parameter's base unit. */
    public long get(String name) {
        Parameter parameter = spec.parameter(name);
        if (parameter == null) {
            throw new IllegalArgumentException(spec.name() + " declares no parameter " + name);
        }
        return given.getOrDefault(name, parameter.defaultValue());
    }

    public boolean flag(String name) {
        return get(name) != 0;
    }
}
