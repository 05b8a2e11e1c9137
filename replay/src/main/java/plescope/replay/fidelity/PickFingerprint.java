package plescope.replay.fidelity;

import java.util.ArrayList;
import java.util.List;
import plescope.parser.event.TraceEvent;
import plescope.replay.calibration.RecordedSetting;
import plescope.replay.model.Origin;
import plescope.replay.model.Roster;
import plescope.replay.policy.Setting;

/**
 * Tells the scheduler of a log that names no kernel by its picks: CFS and EEVDF choose differently among the same threads.
 *
 * <p>Put to recordings of known kernels, EEVDF missed 1.2 to 3.2 times as many of these picks of 6.1 as CFS did, and 0.5 to 1.0 times as
 * many of 6.12. So it misses more where CFS is right than CFS does where EEVDF is right: its deadlines are harder to guess. Of nine logs
 * of simulated hosts two were told wrong: dbench on 16 pCPUs under EEVDF of 6.12.y (2.3) and 6.18 (1.7).
 *
 * <p>Only preemptions and PLE exits count: how EEVDF places sleepers is not confirmed by recordings, and picks after sleep spoke for the
 * wrong one. Takes one more pass over the log.
 */
public final class PickFingerprint {
    private static final List<String> WITH_PLE = List.of("cfs-6.1+p2019", "eevdf-6.12.y+p2021");
    private static final List<String> WITHOUT_PLE = List.of("cfs-6.1+no-ple", "eevdf-6.12.y+no-ple");

    /** Fewer picks are no ground for a choice. */
    private static final long MIN_PICKS = 100;

    /** EEVDF misses so many permille of what CFS misses, or more, in picks of CFS [I]. */
    private static final long CFS_PERMILLE = 1_500;

    /** And so many, or fewer, in picks of EEVDF [I]; between them it is assumed. */
    private static final long EEVDF_PERMILLE = 950;

    /** Added to all misses: few are chance. */
    private static final long NOISE = 5;

    private final List<String> settings;
    private final List<PickCheck> checks = new ArrayList<>();

    /** A fingerprint of a log that was read once already: so who is who, and whether there are PLE exits, is known. */
    public PickFingerprint(Roster roster, long spanNs, boolean pauseExitsSeen) {
        settings = pauseExitsSeen ? WITH_PLE : WITHOUT_PLE;
        for (String setting : settings) {
            checks.add(new PickCheck(roster, Setting.parse(setting), spanNs));
        }
    }

    /** Takes the log's events, in order. */
    public void accept(TraceEvent event) {
        for (PickCheck check : checks) {
            check.accept(event);
        }
    }

    /** The setting whose picks agree most; {@code assumed} where there are too few to choose by. */
    public RecordedSetting settle(RecordedSetting assumed) {
        PickTally one = judged(checks.get(0).agreement());
        PickTally other = judged(checks.get(1).agreement());
        if (Math.min(one.decisions(), other.decisions()) < MIN_PICKS) {
            return assumed;
        }
        long permille = 1000 * (misses(other) + NOISE) / (misses(one) + NOISE);
        boolean cfs = permille >= CFS_PERMILLE;
        boolean clear = cfs || permille <= EEVDF_PERMILLE;
        String reason =
                "its picks after preemptions and PLE exits agree in " + percent(one) + " with " + settings.get(0)
                        + ", in " + percent(other) + " with " + settings.get(1)
                        + (clear ? "" : ": too close to tell, assumed");
        return new RecordedSetting(settings.get(cfs ? 0 : 1), Origin.INFERRED, !clear, reason);
    }

    private static PickTally judged(PickAgreement agreement) {
        return agreement.of(PickKind.PREEMPTION).plus(agreement.of(PickKind.PLE_EXIT));
    }

    private static long misses(PickTally tally) {
        return tally.decisions() - tally.agreed();
    }

    private static String percent(PickTally tally) {
        long permille = tally.agreedPermille();
        return permille / 10 + "." + permille % 10 + " %";
    }
}
