package plescope.replay.policy;

import java.util.List;

/**
 * A policy's entry in the catalog.
 *
 * @param name as written in settings
 * @param summary one sentence
 * @param source where the rule was published
 */
public record PolicySpec(
        String name, Role role, String summary, String source, List<Parameter> parameters, PolicyFactory factory) {
    public PolicySpec {
        parameters = List.copyOf(parameters);
    }

    /** How a policy combines with others. */
    public enum Role {
        /** A state of KVM's own {@code kvm_vcpu_on_spin}; a setting has one. */
        ERA,
        /** Switches pause-loop exiting off; there are no directed yields then. */
        PLE_OFF,
        /** Changes directed yields; needs an era. */
        YIELD,
        /** Changes something else; goes with everything but a bound. */
        OTHER,
        /** A limit no kernel reaches; stands alone. */
        BOUND
    }

    /** The parameter of that name, null if there is none. */
    public Parameter parameter(String parameterName) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(parameterName)) {
                return parameter;
            }
        }
        return null;
    }
}
