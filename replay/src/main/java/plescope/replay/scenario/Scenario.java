package plescope.replay.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plescope.replay.guest.VmSpec;
import plescope.replay.model.HostModel;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;

/**
 * A host, the VMs on it and what their tasks do, as read from the scenario language.
 *
 * @param source which published set-up it stands for, empty for none
 * @param calibrated numbers that were fitted to baseline figures
 * @param parameters what its user may change
 * @param setting what it runs under unless told otherwise
 * @param spanNs simulated time, the warm-up included
 * @param warmUpNs of that, the start that figures leave out
 * @param seeds to repeat it with
 */
public record Scenario(
        String title,
        String about,
        String source,
        List<Calibration> calibrated,
        List<ScenarioParameter> parameters,
        Arch arch,
        HostModel host,
        List<VmSpec> vms,
        Setting setting,
        long spanNs,
        long warmUpNs,
        List<Long> seeds) {
    /** Process id of the first VMM; each further VM's ids lie above, as if started one after the other. */
    private static final int FIRST_TGID = 2101;

    /** Threads QEMU starts before its vCPUs, and ids other processes take before the next VM starts [I]. */
    private static final int THREADS_BEFORE_VCPUS = 6;

    private static final int GAP = 37;

    public Scenario {
        calibrated = List.copyOf(calibrated);
        parameters = List.copyOf(parameters);
        vms = List.copyOf(vms);
        seeds = List.copyOf(seeds);
    }

    /**
     * Reads a scenario.
     *
     * @param name of the file, for messages
     * @throws ScenarioException where it makes no sense
     */
    public static Scenario parse(String name, String text) {
        return parse(name, text, Map.of());
    }

    /** Reads a scenario with other values for some of its parameters. */
    public static Scenario parse(String name, String text, Map<String, String> parameters) {
        SourceText source = SourceText.of(name, text);
        return new ScenarioReader(source, parameters).read(ScenarioSyntax.parse(source, text));
    }

    /** VMs and vCPU threads in the order of the file, with the ids and names QEMU's threads have. */
    public Roster roster() {
        List<Roster.Vm> named = new ArrayList<>();
        List<Roster.Vcpu> vcpus = new ArrayList<>();
        int tgid = FIRST_TGID;
        for (int vm = 0; vm < vms.size(); vm++) {
            named.add(new Roster.Vm(vm, vms.get(vm).name(), tgid, Roster.Grouping.TGID));
            for (int number = 0; number < vms.get(vm).vcpus(); number++) {
                int tid = tgid + THREADS_BEFORE_VCPUS + number;
                vcpus.add(new Roster.Vcpu(vcpus.size(), vm, number, tid, "CPU " + number + "/KVM"));
            }
            tgid += THREADS_BEFORE_VCPUS + vms.get(vm).vcpus() + GAP;
        }
        return new Roster(named, vcpus, List.of(), host.pcpus());
    }
}
