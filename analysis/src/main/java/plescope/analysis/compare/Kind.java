package plescope.analysis.compare;

/** What sort of number a measure is, and so how its sides are compared. */
public enum Kind {
    /** Events per second, by ratio; the effect is its natural logarithm. */
    RATE("1/s", "log ratio"),
    /** Parts of wholes, by difference in percentage points; the effect is Cohen's h. */
    SHARE("%", "Cohen's h"),
    /** Quantiles of lengths, by ratio; the effect is Cliff's delta of the whole distributions. */
    LENGTH("us", "Cliff's delta");

    private final String unit;
    private final String effect;

    Kind(String unit, String effect) {
        this.unit = unit;
        this.effect = effect;
    }

    public String unit() {
        return unit;
    }

    /** Name of the effect size. */
    public String effect() {
        return effect;
    }
}
