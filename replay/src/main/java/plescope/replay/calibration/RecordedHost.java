package plescope.replay.calibration;

import java.util.List;
import plescope.parser.ReadSummary;
import plescope.parser.event.ExitReason.Isa;
import plescope.replay.model.HostModel;
import plescope.replay.model.HostModel.PleHardware;
import plescope.replay.model.Roster;
import plescope.replay.spin.SpinSummary;

/**
 * The host a trace came from: its machine, measured, and its setting, read or guessed.
 *
 * @param model what the identity replay runs on
 * @param setting what it runs under
 * @param yields who ran after its PLE exits
 * @param spreads how far the samples of its costs scatter; empty where no log was read
 */
public record RecordedHost(HostModel model, RecordedSetting setting, YieldTally yields, List<CostSpread> spreads) {
    /** CONFIG_HZ of the distributions' kernels; no text trace shows it. */
    public static final int ASSUMED_HZ = 250;

    public RecordedHost {
        spreads = List.copyOf(spreads);
    }

    /** A host whose samples are not at hand. */
    public RecordedHost(HostModel model, RecordedSetting setting, YieldTally yields) {
        this(model, setting, yields, List.of());
    }

    /** Puts together what reading, spin detection and calibration found. */
    public static RecordedHost of(ReadSummary summary, SpinSummary spin, HostCalibrator calibrator, Roster roster) {
        PleHardware usual = summary.isa() == Isa.SVM ? PleHardware.SVM_DEFAULT : PleHardware.VMX_DEFAULT;
        long unitPicos = spin.meanUnitPicos() > 0 ? spin.meanUnitPicos() : spin.unitPicos();
        PleHardware ple = new PleHardware(
                spin.baseWindow() > 0 ? spin.baseWindow() : usual.window(),
                usual.grow(),
                usual.shrink(),
                usual.max(),
                unitPicos > 0 ? unitPicos : usual.unitPicos());
        return new RecordedHost(
                calibrator.model(roster, ASSUMED_HZ, ple),
                RecordedSetting.of(summary.kernel(), spin.pauseExits() > 0),
                calibrator.yields(),
                calibrator.spreads());
    }

    /**
     * The same machine with PLE windows that take {@code unitPicos} per unit, for recordings without PLE exits, which do not show it.
     * What it is worth: in a lock convoy each hand-over costs about a window, so throughput goes as its inverse.
     */
    public RecordedHost withPleUnit(long unitPicos) {
        PleHardware ple = model.ple();
        PleHardware known = new PleHardware(ple.window(), ple.grow(), ple.shrink(), ple.max(), unitPicos);
        return new RecordedHost(model.withPle(known), setting, yields, spreads);
    }

    /** The same machine under another setting. */
    public RecordedHost under(RecordedSetting other) {
        return new RecordedHost(model, other, yields, spreads);
    }
}
