package plescope.analysis.validate;

import static plescope.analysis.report.Tables.number;
import static plescope.analysis.report.Tables.percent;
import static plescope.analysis.report.Tables.row;
import static plescope.analysis.report.Tables.someOf;
import static plescope.analysis.report.Tables.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import plescope.analysis.report.ReportSection;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.Tables;

/** Prints identity errors, and how many meet their targets. */
public final class IdentityTables {
    private static final String COLUMNS = "trace vm setting work_percent:DOUBLE ple_exits_percent:DOUBLE"
            + " switches_percent:DOUBLE burst_ks:DOUBLE steal_percent:DOUBLE cpu_share_points:DOUBLE"
            + " broken_edges:BIGINT missed";

    private IdentityTables() {}

    /** Both tables in the order they are read. */
    public static List<ReportSection> sections(List<IdentityError> errors) {
        return List.of(
                new ReportSection("traces", "", rows(errors)),
                new ReportSection("summary", "", summary(errors), missed(errors)));
    }

    /** Which VM misses each target by most. */
    private static List<String> missed(List<IdentityError> errors) {
        List<String> missed = new ArrayList<>();
        furthest(missed, errors, "work", IdentityError::work, IdentityError.WORK_TARGET);
        furthest(missed, errors, "PLE exits", IdentityError::pleExits, IdentityError.PLE_EXITS_TARGET);
        furthest(missed, errors, "context switches", IdentityError::switches, IdentityError.SWITCHES_TARGET);
        furthest(missed, errors, "burst lengths", IdentityError::burstDistance, IdentityError.BURST_TARGET);
        furthest(missed, errors, "steal", IdentityError::steal, IdentityError.STEAL_TARGET);
        furthest(missed, errors, "CPU share", IdentityError::cpuShare, IdentityError.CPU_SHARE_TARGET);
        return missed;
    }

    private static void furthest(
            List<String> missed,
            List<IdentityError> errors,
            String name,
            ToDoubleFunction<IdentityError> measure,
            double target) {
        long beyond = 0;
        IdentityError worst = null;
        for (IdentityError error : errors) {
            double size = Math.abs(measure.applyAsDouble(error));
            beyond += size > target ? 1 : 0;
            if (size > target && (worst == null || size > Math.abs(measure.applyAsDouble(worst)))) {
                worst = error;
            }
        }
        if (worst != null) {
            missed.add("Target missed for " + name + " by " + beyond + " VMs, by most in " + worst.trace() + ", "
                    + worst.vm() + ".");
        }
    }

    /** One row per recording and VM. */
    static ReportTable rows(List<IdentityError> errors) {
        List<List<Object>> rows = new ArrayList<>();
        for (IdentityError e : errors) {
            rows.add(row(
                    e.trace(),
                    e.vm(),
                    e.setting(),
                    percent(e.work()),
                    percent(e.pleExits()),
                    percent(e.switches()),
                    number(e.burstDistance(), 2),
                    percent(e.steal()),
                    number(e.cpuShare(), 1),
                    e.brokenEdges(),
                    String.join(", ", e.missed())));
        }
        return new ReportTable(Tables.columns(COLUMNS), rows);
    }

    /** Median, 95th percentile and share of VMs within the target, per measure. */
    static ReportTable summary(List<IdentityError> errors) {
        return new ReportTable(
                Tables.columns("measure median p95 within_target target"),
                List.of(
                        measureRow(errors, "work, %", 100, IdentityError::work, IdentityError.WORK_TARGET),
                        measureRow(
                                errors, "PLE exits, %", 100, IdentityError::pleExits, IdentityError.PLE_EXITS_TARGET),
                        measureRow(
                                errors,
                                "context switches, %",
                                100,
                                IdentityError::switches,
                                IdentityError.SWITCHES_TARGET),
                        measureRow(
                                errors,
                                "burst lengths, KS",
                                1,
                                IdentityError::burstDistance,
                                IdentityError.BURST_TARGET),
                        measureRow(errors, "steal, %", 100, IdentityError::steal, IdentityError.STEAL_TARGET),
                        measureRow(
                                errors,
                                "CPU share, points",
                                1,
                                IdentityError::cpuShare,
                                IdentityError.CPU_SHARE_TARGET)));
    }

    private static List<Object> measureRow(
            List<IdentityError> errors,
            String name,
            double unit,
            ToDoubleFunction<IdentityError> measure,
            double target) {
        double[] sizes = errors.stream()
                .mapToDouble(measure)
                .filter(error -> !Double.isNaN(error))
                .map(Math::abs)
                .sorted()
                .toArray();
        long within = Arrays.stream(sizes).filter(error -> error <= target).count();
        double p95 = sizes.length == 0 ? Double.NaN : sizes[(int) Math.max(0, Math.ceil(0.95 * sizes.length) - 1)];
        return row(
                name,
                text(unit * PairSummary.median(sizes), 2),
                text(unit * p95, 2),
                someOf(within, sizes.length),
                text(unit * target, 2));
    }
}
