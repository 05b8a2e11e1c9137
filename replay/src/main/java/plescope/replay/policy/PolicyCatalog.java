package plescope.replay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import plescope.replay.policy.Parameter.Unit;
import plescope.replay.policy.PolicySpec.Role;

/** All policies by name: the built-in ones and those of {@link PolicyProvider}s on the class path. */
public final class PolicyCatalog {
    private static final Parameter APICV =
            new Parameter("apicv", 0, Unit.FLAG, 0, 1, "posted interrupts: pending ones waive the kernel-mode test");

    private static final List<PolicySpec> BUILT_IN = List.of(
            new PolicySpec(
                    "p2011",
                    Role.ERA,
                    "Directed yield to any sibling not halted and not running",
                    "Linux 2.6.39",
                    List.of(),
                    values -> new P2011Policy()),
            new PolicySpec(
                    "p2019",
                    Role.ERA,
                    "Directed yield to ready siblings, fellow spinners every second time",
                    "Linux 5.3",
                    List.of(),
                    values -> new P2019Policy()),
            new PolicySpec(
                    "p2021",
                    Role.ERA,
                    "p2019, and a pending interrupt makes a user-mode sibling acceptable",
                    "Linux 5.13",
                    List.of(APICV),
                    values -> new P2021Policy(values.flag("apicv"))),
            new PolicySpec(
                    "p2024",
                    Role.ERA,
                    "p2021 in one cyclic loop that remembers the wrong index",
                    "Linux 6.12",
                    List.of(
                            APICV,
                            new Parameter("lastBoostedBug", 1, Unit.FLAG, 0, 1, "0 stores the index, as 6.19 does")),
                    values -> new P2024Policy(values.flag("apicv"), values.flag("lastBoostedBug"))),
            new PolicySpec(
                    "no-ple",
                    Role.PLE_OFF,
                    "No pause-loop exits: spinners burn their slices",
                    "ple_gap=0",
                    List.of(),
                    values -> new NoPlePolicy()),
            new PolicySpec(
                    "debooster",
                    Role.YIELD,
                    "Raises the yielder's virtual time until the hint passes",
                    "Ishiguro et al., VEE'21",
                    List.of(new Parameter(
                            "gran", 0, Unit.NANOSECONDS, 0, 100_000_000, "distance left, 0 = wake-up granularity")),
                    values -> new DeboosterPolicy(values.get("gran"))),
            new PolicySpec(
                    "dedicated",
                    Role.BOUND,
                    "A pCPU for every vCPU",
                    "construction",
                    List.of(),
                    values -> new DedicatedPolicy()),
            new PolicySpec(
                    "waitfor-oracle",
                    Role.BOUND,
                    "The true blocker runs in the spinner's place",
                    "construction",
                    List.of(),
                    values -> new WaitforOraclePolicy()));

    private static final List<PolicySpec> ALL = load();

    private PolicyCatalog() {}

    private static List<PolicySpec> load() {
        List<PolicySpec> all = new ArrayList<>(BUILT_IN);
        for (PolicyProvider provider : ServiceLoader.load(PolicyProvider.class)) {
            all.addAll(provider.policies());
        }
        return List.copyOf(all);
    }

    /** Every policy, built-in ones first. */
    public static List<PolicySpec> list() {
        return ALL;
    }

    /** The policy of that name, null if there is none. */
    public static PolicySpec find(String name) {
        for (PolicySpec spec : ALL) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        return null;
    }

    /** The known word (policy, scheduler, cgroup layout) most like {@code name}; of equals the first. */
    public static String nearest(String name) {
        List<String> words = new ArrayList<>();
        ALL.forEach(spec -> words.add(spec.name()));
        for (SchedulerVersion version : SchedulerVersion.values()) {
            words.add(version.label());
        }
        for (CgroupLayout layout : CgroupLayout.values()) {
            words.add(layout.label());
        }
        return EditDistance.nearest(name, words);
    }
}
