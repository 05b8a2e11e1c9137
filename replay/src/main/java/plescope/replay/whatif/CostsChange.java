package plescope.replay.whatif;

import java.math.BigDecimal;

/** All costs of host work times a factor, to see how much a prediction hangs on them. */
record CostsChange(BigDecimal factor) implements Change {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

    static CostsChange read(String text) {
        try {
            BigDecimal factor = new BigDecimal(text.startsWith("x") ? text.substring(1) : text);
            if (factor.signum() < 0 || factor.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("a factor must lie in 0.." + MOST + ", was " + text);
            }
            return new CostsChange(factor.signum() == 0 ? BigDecimal.ZERO : factor.stripTrailingZeros());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a factor such as x0.5, found '" + text + "'", e);
        }
    }

    @Override
    public Experiment apply(Experiment to) {
        return to.with(to.host().withCosts(to.host().costs().scaled(factor.doubleValue())));
    }

    @Override
    public String toString() {
        return "costs=x" + factor.toPlainString();
    }
}
