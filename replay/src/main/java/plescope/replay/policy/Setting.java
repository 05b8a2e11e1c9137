package plescope.replay.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.replay.policy.PolicySpec.Role;

/**
 * What a replay runs under: host scheduler, cgroup layout and policies with their parameters. Written
 * {@code eevdf-6.12+p2024+debooster{gran=2.8ms}+cgroup-vm}; {@link #parse} and {@link #toString} are inverse.
 *
 * @param policies what answers PAUSE exits, mostly an era, then the others in the order given
 */
public record Setting(SchedulerVersion scheduler, CgroupLayout layout, List<Chosen> policies) {
    /** Used where the text names no scheduler, as in {@code dedicated}. */
    private static final SchedulerVersion DEFAULT_SCHEDULER = SchedulerVersion.EEVDF_6_12;

    /** Checks that the policies go together and adds the kernel's own era where none is named. */
    public Setting {
        List<Chosen> complete = new ArrayList<>(policies);
        new Compatibility(scheduler).check(specs(complete));
        // Policies named later are asked first, so whatever answers a PAUSE exit comes first wherever it was named.
        complete.sort(Comparator.comparing(chosen -> !chosen.spec().role().answersSpin()));
        if (specs(complete).stream().noneMatch(spec -> spec.role().answersSpin() || spec.role() == Role.BOUND)) {
            complete.add(0, new Chosen(scheduler.era(), Map.of()));
        }
        policies = List.copyOf(complete);
    }

    /**
     * One policy of a setting.
     *
     * @param given parameters that differ from their default, in base units
     */
    public record Chosen(String name, Map<String, Long> given) {
        public Chosen {
            PolicySpec spec = PolicyCatalog.find(name);
            if (spec == null) {
                throw new IllegalArgumentException("no policy is called '" + name + "'");
            }
            name = spec.name();
            Map<String, Long> kept = new TreeMap<>();
            given.forEach((key, value) -> {
                if (value != spec.parameter(key).defaultValue()) {
                    kept.put(key, value);
                }
            });
            given = Map.copyOf(kept);
        }

        PolicySpec spec() {
            return PolicyCatalog.find(name);
        }

        /** Whether it is refused under CFS. */
        public boolean eevdfOnly() {
            return spec().eevdfOnly();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(name);
            char separator = '{';
            for (Parameter parameter : spec().parameters()) {
                Long value = given.get(parameter.name());
                if (value != null) {
                    text.append(separator).append(parameter.name()).append('=').append(parameter.format(value));
                    separator = ',';
                }
            }
            return separator == ',' ? text.append('}').toString() : text.toString();
        }
    }

    /** Reads a setting; what is wrong with it is said in the exception's message. */
    public static Setting parse(String text) {
        PartialSetting named = PartialSetting.parse(text);
        try {
            return new Setting(
                    named.scheduler() == null ? DEFAULT_SCHEDULER : named.scheduler(),
                    named.layout() == null ? CgroupLayout.FLAT : named.layout(),
                    named.policies());
        } catch (IllegalArgumentException e) {
            throw PartialSetting.refused(text.trim(), e);
        }
    }

    /** Fresh policies for one run, as one. */
    public Policy createPolicy() {
        List<Policy> fresh = new ArrayList<>();
        for (Chosen chosen : policies) {
            fresh.add(chosen.spec().factory().create(new ParameterValues(chosen.spec(), scheduler, chosen.given())));
        }
        return new PolicyChain(fresh);
    }

    /** Canonical text: scheduler, policies, then the layout unless flat; a bound leaves out the default scheduler. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        boolean bound = specs(policies).stream().anyMatch(spec -> spec.role() == Role.BOUND);
        if (scheduler != DEFAULT_SCHEDULER || !bound) {
            parts.add(scheduler.label());
        }
        policies.forEach(chosen -> parts.add(chosen.toString()));
        if (layout != CgroupLayout.FLAT) {
            parts.add(layout.label());
        }
        return String.join("+", parts);
    }

    private static List<PolicySpec> specs(List<Chosen> chosen) {
        return chosen.stream().map(Chosen::spec).toList();
    }
}
