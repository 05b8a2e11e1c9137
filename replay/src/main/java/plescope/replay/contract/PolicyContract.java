package plescope.replay.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plescope.replay.engine.HostSimulator;
import plescope.replay.engine.SimulationSummary;
import plescope.replay.model.HostModel;
import plescope.replay.policy.Setting;
import plescope.replay.workload.Workload;

/**
 * What holds under every policy, on small workloads of every kind: eight vCPUs of two VMs on two pCPUs that compute, queue for a lock,
 * broadcast IPIs, halt and wake each other, or do anything at random.
 */
public final class PolicyContract {
    private static final long MS = 1_000_000;
    private static final long SPAN = 400 * MS;
    private static final long SEED = 3;

    /** The longest a runnable vCPU may wait for a pCPU: eight vCPUs on two pCPUs take turns of at most 12 ms under CFS. */
    public static final long STARVATION_BOUND = 150 * MS;

    private PolicyContract() {}

    /** One thing that holds. */
    public enum Clause {
        CONSERVES_WORK("guest work is conserved, and no pCPU runs two vCPUs at once"),
        STARVES_NOBODY("no runnable vCPU waits 150 ms for a pCPU"),
        LEAVES_NO_PCPU_IDLE("no pCPU idles while busy vCPUs outnumber pCPUs"),
        SHARES_EVENLY("of two equal VMs that queue for locks none gets more than two thirds of the guest time"),
        REPEATS("equal seeds give equal schedules");

        private final String text;

        Clause(String text) {
            this.text = text;
        }

        /** As a sentence. */
        public String text() {
            return text;
        }
    }

    /**
     * A clause that does not hold.
     *
     * @param workload where it was seen
     * @param details what was seen
     */
    public record Breach(Clause clause, Setting setting, String workload, String details) {
        @Override
        public String toString() {
            return setting + ", " + workload + ": not so: " + clause.text() + "; " + details;
        }
    }

    /**
     * Where a policy is tried: under both kinds of scheduler if it runs on both, and with a group per VM.
     *
     * @param policy as written in a setting, without a scheduler
     * @param eevdf a kernel with EEVDF that it was made for, such as {@code eevdf-6.12}
     */
    public static List<Setting> settings(String policy, String eevdf) {
        List<Setting> settings = new ArrayList<>();
        settings.add(Setting.parse(eevdf + "+" + policy + "+cgroup-vm"));
        settings.add(Setting.parse(eevdf + "+" + policy));
        if (settings.get(0).policies().stream().noneMatch(Setting.Chosen::eevdfOnly)) {
            settings.add(Setting.parse("cfs-6.1+" + policy));
        }
        return settings;
    }

    /** Checks a policy wherever it runs; an empty answer means that all clauses hold. */
    public static List<Breach> check(String policy) {
        List<Breach> breaches = new ArrayList<>();
        for (Setting setting : settings(policy, "eevdf-6.12")) {
            breaches.addAll(check(setting, EnumSet.allOf(Clause.class)));
        }
        return breaches;
    }

    /** Checks some clauses under one setting. A policy that claims less than all of them should say why. */
    public static List<Breach> check(Setting setting, Set<Clause> clauses) {
        List<Breach> breaches = new ArrayList<>();
        workloads().forEach((name, work) -> {
            KeptSchedule schedule = new KeptSchedule();
            SimulationSummary summary = run(setting, work, schedule);
            List<String> wrong = schedule.breaches(work, summary);
            breach(Clause.CONSERVES_WORK, setting, name, wrong.isEmpty(), String.join(", ", wrong), clauses, breaches);
            long longest = schedule.longestSteal();
            boolean starved = longest >= STARVATION_BOUND;
            breach(Clause.STARVES_NOBODY, setting, name, !starved, longest + " ns", clauses, breaches);
            if (clauses.contains(Clause.REPEATS)) {
                KeptSchedule again = new KeptSchedule();
                run(setting, work, again);
                boolean same = again.rows().equals(schedule.rows());
                breach(Clause.REPEATS, setting, name, same, "two runs differ", clauses, breaches);
            }
        });
        keepsBusy(setting, clauses, breaches);
        sharesEvenly(setting, clauses, breaches);
        return breaches;
    }

    /** Eight vCPUs that never halt: no pCPU is idle after the first wake-up. */
    private static void keepsBusy(Setting setting, Set<Clause> clauses, List<Breach> breaches) {
        Workload work = Workloads.computing(2, 4, SPAN, SPAN);
        KeptSchedule schedule = new KeptSchedule();
        run(setting, work, schedule);
        HostModel host = setting.createPolicy().host(Workloads.host(2), work.vcpuCount());
        long busyPcpus = Math.min(host.pcpus(), work.vcpuCount());
        boolean busy = schedule.onCpuNs() > busyPcpus * (SPAN - MS);
        breach(
                Clause.LEAVES_NO_PCPU_IDLE,
                setting,
                "computing",
                busy,
                schedule.onCpuNs() + " ns of " + busyPcpus * SPAN,
                clauses,
                breaches);
    }

    private static void sharesEvenly(Setting setting, Set<Clause> clauses, List<Breach> breaches) {
        Workload work = Workloads.convoy(2, 4, 100_000, 10_000, 10_000, SPAN);
        SimulationSummary summary = run(setting, work, new KeptSchedule());
        long first = 0;
        long all = 0;
        for (int v = 0; v < work.vcpuCount(); v++) {
            long guestNs = summary.vcpus().get(v).guestNs();
            all += guestNs;
            first += work.roster().vcpus().get(v).vm() == 0 ? guestNs : 0;
        }
        boolean even = 3 * first >= all && 3 * first <= 2 * all;
        breach(Clause.SHARES_EVENLY, setting, "long convoy", even, first + " of " + all + " ns", clauses, breaches);
    }

    private static void breach(
            Clause clause,
            Setting setting,
            String workload,
            boolean holds,
            String details,
            Set<Clause> clauses,
            List<Breach> breaches) {
        if (!holds && clauses.contains(clause)) {
            breaches.add(new Breach(clause, setting, workload, details));
        }
    }

    private static SimulationSummary run(Setting setting, Workload work, KeptSchedule schedule) {
        return HostSimulator.run(work, Workloads.host(2), setting, SEED, schedule);
    }

    /** What policies are tried on, by name. */
    public static Map<String, Workload> workloads() {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        workloads.put("computing", Workloads.computing(2, 4, SPAN, SPAN));
        workloads.put("convoy", Workloads.convoy(2, 4, 5_000, 8_000, 40_000, SPAN));
        workloads.put("broadcast", Workloads.broadcast(2, 4, 5_000, 40_000, SPAN));
        workloads.put("halting pairs", Workloads.haltingPairs(2, 2, 5_000, 40_000, SPAN));
        workloads.put("random", Workloads.arbitrary(7, 2, 4, 200, SPAN));
        return workloads;
    }
}
