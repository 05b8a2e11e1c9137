package plescope.analysis.compare;

/**
 * One measure of one VM, or of all together, on both sides.
 *
 * @param scope name of the VM, {@code A=B} where the sides name it differently, or {@code host}
 * @param a value on the first side, NaN where there is none
 * @param b on the second
 * @param change {@code b / a} for rates and lengths, {@code b - a} for shares
 * @param low lower end of the interval of the change
 * @param high its upper end
 * @param effect size, see {@link Kind}
 * @param chance of a difference as great where there is none, for this comparison alone
 * @param adjusted the same, corrected for the number of comparisons
 * @param reason why the verdict is no better, else empty
 */
public record Difference(
        String scope,
        String measure,
        Kind kind,
        double a,
        double b,
        double change,
        double low,
        double high,
        double effect,
        double chance,
        double adjusted,
        Verdict verdict,
        String reason) {
    /** One that nothing can be said about. */
    static Difference untold(String scope, String measure, Kind kind, double a, double b, String reason) {
        double none = Double.NaN;
        return new Difference(
                scope, measure, kind, a, b, none, none, none, none, none, none, Verdict.CANNOT_TELL, reason);
    }

    Difference judged(double corrected, Verdict judgement, String why) {
        return new Difference(scope, measure, kind, a, b, change, low, high, effect, chance, corrected, judgement, why);
    }

    /** Unit of both values. */
    public String unit() {
        return measure.equals(CellCounts.THROUGHPUT) ? "s/s" : kind.unit();
    }
}
