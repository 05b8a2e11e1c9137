package plescope.analysis.compare;

/** What sort of number a measure is, and so how its sides are compared. */
public enum Kind {
    /** Events per second, by ratio; the effect is its natural logarithm. */
    RATE("1/s"),
    /** Parts of wholes, by difference in percentage points; the effect is Cohen's h. */
    SHARE("%"),
    /** Quantiles of lengths, by ratio; the effect is Cliff's delta of the whole distributions. */
    LENGTH("us");

    private final String unit;

    Kind(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
