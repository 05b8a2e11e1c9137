package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** All policies by name: the built-in ones and those of {@link PolicyProvider}s on the class path. */
public final class PolicyCatalog {
    private static final List<PolicySpec> BUILT_IN = List.of(
            P2009Policy.SPEC,
            P2011Policy.SPEC,
            P2012Policy.SPEC,
            P2013Policy.SPEC,
            P2017Policy.SPEC,
            P2019Policy.SPEC,
            P2021Policy.SPEC,
            P2024Policy.SPEC,
            PlainYieldPolicy.SPEC,
            NoPlePolicy.SPEC,
            DeboosterPolicy.SPEC,
            StrictBoostPolicy.SPEC,
            Paolo2passPolicy.SPEC,
            WlV2DeboostPolicy.SPEC,
            WlV2IpiPolicy.SPEC,
            WlV3Policy.SPEC,
            IpiFirstPolicy.SPEC,
            SliceDonatePolicy.SPEC,
            PullTargetPolicy.SPEC,
            MicroSlicePolicy.SPEC,
            AdaptivePleWindowPolicy.SPEC,
            NoAffineVcpuPolicy.SPEC,
            NoAffineSameVmPolicy.SPEC,
            BalancePolicy.SPEC,
            DemandCoschedulingPolicy.SPEC,
            RelaxedCoschedulingPolicy.SPEC,
            PreferredCpusPolicy.SPEC,
            DedicatedPolicy.SPEC,
            WaitforOraclePolicy.SPEC);

    private static final List<PolicyProvider> PROVIDERS = providersOnClassPath();

    private static final List<PolicySpec> ALL = load();

    private PolicyCatalog() {}

    private static List<PolicyProvider> providersOnClassPath() {
        List<PolicyProvider> providers = new ArrayList<>();
        ServiceLoader.load(PolicyProvider.class).forEach(providers::add);
        return List.copyOf(providers);
    }

    private static List<PolicySpec> load() {
        List<PolicySpec> all = new ArrayList<>(BUILT_IN);
        for (PolicyProvider provider : PROVIDERS) {
            for (PolicySpec spec : policiesOf(provider)) {
                requireNew(spec, provider, all);
                all.add(spec);
            }
        }
        return List.copyOf(all);
    }

    private static List<PolicySpec> policiesOf(PolicyProvider provider) {
        try {
            return provider.policies();
        } catch (RuntimeException | LinkageError e) {
            throw new ServiceConfigurationError(provider.getClass().getName() + ": " + e, e);
        }
    }

    private static void requireNew(PolicySpec spec, PolicyProvider provider, List<PolicySpec> known) {
        for (PolicySpec other : known) {
            if (other.name().equals(spec.name()) || spec.name().equals(other.alias())) {
                throw new ServiceConfigurationError(provider.getClass().getName() + " adds a policy '" + spec.name()
                        + "', but there is one of that name already");
            }
        }
    }

    /** Where the policies that are not built in come from. */
    public static List<Class<?>> providers() {
        List<Class<?>> classes = new ArrayList<>();
        PROVIDERS.forEach(provider -> classes.add(provider.getClass()));
        return classes;
    }

    /** Every policy, built-in ones first. */
    public static List<PolicySpec> list() {
        return ALL;
    }

    /** The policy of that name or alias, null if there is none. */
    public static PolicySpec find(String name) {
        for (PolicySpec spec : ALL) {
            if (spec.name().equals(name) || name.equals(spec.alias())) {
                return spec;
            }
        }
        return null;
    }

    /** The known word (policy, scheduler, cgroup layout) most like {@code name}; of equals the first. */
    public static String nearest(String name) {
        List<String> words = new ArrayList<>();
        for (PolicySpec spec : ALL) {
            words.add(spec.name());
            if (spec.alias() != null) {
                words.add(spec.alias());
            }
        }
        for (SchedulerVersion version : SchedulerVersion.values()) {
            words.add(version.label());
        }
        for (CgroupLayout layout : CgroupLayout.values()) {
            words.add(layout.label());
        }
        return EditDistance.nearest(name, words);
    }
}
