package plescope.replay.policy;

import java.util.List;

/**
 * A policy's entry in the catalog.
 *
 * @param name as written in settings
 * @param alias another name that settings understand and print as {@code name}; null for none
 * @param replaces rules that no other policy of the setting may replace, too
 * @param eevdfOnly whether it acts on deadlines or lag, which CFS has not
 * @param summary one sentence
 * @param source where the rule was published
 */
public record PolicySpec(
        String name,
        String alias,
        Role role,
        List<Rule> replaces,
        boolean eevdfOnly,
        String summary,
        String source,
        List<Parameter> parameters,
        PolicyFactory factory) {
    public PolicySpec {
        replaces = List.copyOf(replaces);
        parameters = List.copyOf(parameters);
    }

    /** A policy that goes with all others of its role's partners. */
    public PolicySpec(
            String name, Role role, String summary, String source, List<Parameter> parameters, PolicyFactory factory) {
        this(name, null, role, List.of(), false, summary, source, parameters, factory);
    }

    /** How a policy combines with others. */
    public enum Role {
        /** A state of KVM's own {@code kvm_vcpu_on_spin}; a setting has one. */
        ERA,
        /** Answers PAUSE exits in an era's place, without directed yields. */
        NO_YIELD,
        /** Switches pause-loop exiting off; there are no directed yields then. */
        PLE_OFF,
        /** Changes directed yields; needs an era. */
        YIELD,
        /** Changes something else; goes with everything but a bound. */
        OTHER,
        /** A limit no kernel reaches; stands alone. */
        BOUND;

        /** Whether it says what a spinner meets; the kernel's own era is added where no policy does. */
        boolean answersSpin() {
            return this == ERA || this == NO_YIELD || this == PLE_OFF;
        }
    }

    /** This policy, understood by another name as well. */
    public PolicySpec alsoCalled(String other) {
        return new PolicySpec(name, other, role, replaces, eevdfOnly, summary, source, parameters, factory);
    }

    /** This policy, alone in replacing these rules. */
    public PolicySpec replacing(Rule... rules) {
        return new PolicySpec(name, alias, role, List.of(rules), eevdfOnly, summary, source, parameters, factory);
    }

    /** This policy, refused under CFS. */
    public PolicySpec onEevdf() {
        return new PolicySpec(name, alias, role, replaces, true, summary, source, parameters, factory);
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
