package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import plescope.replay.model.CpuSet;
import plescope.replay.model.HostModel;

/**
 * Threads that start on other pCPUs. Balancing leaves equal loads where they are, so whoever shares a run queue at first does so for
 * long, and siblings on one queue do far worse, or better, than apart: chance, not policy, which a what-if may vary.
 *
 * @param pcpus for {@link Rule#NAMED}: by VM or vCPU as named, later ones win
 * @param seed for {@link Rule#SHUFFLED}
 */
record StartChange(Rule rule, Map<String, Integer> pcpus, long seed) implements Change {
    private static final String SHUFFLED_BY = "shuffled:";
    private static final int ANYWHERE = -1;

    enum Rule {
        NAMED,
        /** Each where fork places it, in the order of the vCPUs. */
        FORK,
        /** Each on the emptiest pCPU it may use, in random order. */
        SHUFFLED
    }

    StartChange {
        pcpus = new LinkedHashMap<>(pcpus);
    }

    static StartChange read(String text) {
        if (text.equals("fork")) {
            return new StartChange(Rule.FORK, Map.of(), 0);
        }
        if (text.startsWith(SHUFFLED_BY)) {
            return new StartChange(Rule.SHUFFLED, Map.of(), number(text.substring(SHUFFLED_BY.length())));
        }
        Map<String, Integer> pcpus = new LinkedHashMap<>();
        NamedValues.read(text).forEach((name, pcpu) -> pcpus.put(name, number(pcpu)));
        return new StartChange(Rule.NAMED, pcpus, 0);
    }

    private static int number(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found '" + text + "'", e);
        }
    }

    @Override
    public Experiment apply(Experiment to) {
        return to.with(to.host()
                .startingOn(
                        switch (rule) {
                            case NAMED -> named(to);
                            case FORK -> List.of();
                            case SHUFFLED -> shuffled(to);
                        }));
    }

    private List<Integer> named(Experiment to) {
        HostModel host = to.host();
        List<Integer> home = new ArrayList<>();
        for (int v = 0; v < to.work().vcpuCount(); v++) {
            home.add(host.startPcpu(v));
        }
        pcpus.forEach((name, pcpu) -> {
            for (int vcpu : RosterNames.vcpus(to.work().roster(), name)) {
                if (!host.allowedPcpus(vcpu).contains(pcpu)) {
                    throw new IllegalArgumentException(
                            "pCPU " + pcpu + " is not among those " + name + " may use, " + host.allowedPcpus(vcpu));
                }
                home.set(vcpu, pcpu);
            }
        });
        return home;
    }

    private List<Integer> shuffled(Experiment to) {
        int vcpus = to.work().vcpuCount();
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[vcpus];
        for (int v = 0; v < vcpus; v++) {
            int other = random.nextInt(v + 1);
            order[v] = order[other];
            order[other] = v;
        }
        int[] threads = new int[to.host().pcpus()];
        List<Integer> home = new ArrayList<>(Collections.nCopies(vcpus, ANYWHERE));
        for (int vcpu : order) {
            int pcpu = emptiest(to.host().allowedPcpus(vcpu), threads);
            threads[pcpu]++;
            home.set(vcpu, pcpu);
        }
        return home;
    }

    private static int emptiest(CpuSet allowed, int[] threads) {
        int best = allowed.first();
        for (int pcpu = best; pcpu >= 0; pcpu = allowed.next(pcpu + 1)) {
            best = threads[pcpu] < threads[best] ? pcpu : best;
        }
        return best;
    }

    @Override
    public String toString() {
        return "start="
                + switch (rule) {
                    case NAMED ->
                        pcpus.entrySet().stream()
                                .map(start -> start.getKey() + ":" + start.getValue())
                                .collect(Collectors.joining(","));
                    case FORK -> "fork";
                    case SHUFFLED -> SHUFFLED_BY + seed;
                };
    }
}
