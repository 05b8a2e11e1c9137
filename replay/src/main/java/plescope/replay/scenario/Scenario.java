package plescope.replay.scenario;

import java.util.List;
import java.util.Map;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.guest.LiveGuests;
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
 * @param isa in whose words exits are named
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
        Isa isa,
        HostModel host,
        List<VmSpec> vms,
        Setting setting,
        long spanNs,
        long warmUpNs,
        List<Long> seeds) {
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

    /**
     * A duration as the language writes it, such as {@code 2.5s}, in nanoseconds.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static long duration(String text) {
        try {
            Constant duration = Constant.parse(Constant.Kind.DURATION, text);
            if (duration.wholeNanos() && duration.number() > 0) {
                return duration.nanos();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 300us or 2.5s", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a whole positive number of nanoseconds");
    }

    /** VMs and vCPU threads in the order of the file. */
    public Roster roster() {
        return LiveGuests.roster(vms, host.pcpus());
    }
}
