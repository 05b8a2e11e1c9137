package plescope.analysis.validate;

/**
 * One VM of two recordings that differ in one knob, with the operations it really did per second.
 *
 * @param knob what differs, such as {@code ple_window}
 * @param change from which value to which, {@code on -> off}
 * @param a side of {@code traceA}
 * @param b side of {@code traceB}
 * @param ratio measured, b over a
 * @param beyondNoise whether repeats of the same setting differ less than a from b
 */
public record Pair(
        String id, String knob, String change, String vm, Side a, Side b, double ratio, boolean beyondNoise) {
    /** What a single recording may be off, both ways: nobody repeated it. */
    public static final double SINGLE = 0.2;

    /**
     * One of the two settings.
     *
     * @param trace the recording to replay
     * @param least operations per second of the slowest repeat
     * @param most of the fastest
     * @param repeats recordings of this setting
     */
    public record Side(String trace, double least, double most, int repeats) {
        double low() {
            return repeats > 1 ? least : least * (1 - SINGLE);
        }

        double high() {
            return repeats > 1 ? most : most * (1 + SINGLE);
        }
    }

    /** Two recordings that nobody repeated, with the rates of one VM. */
    public static Pair measuredOnce(String vm, String traceA, String traceB, double rateA, double rateB) {
        Side a = new Side(traceA, rateA, rateA, 1);
        Side b = new Side(traceB, rateB, rateB, 1);
        boolean apart = b.low() > a.high() || b.high() < a.low();
        return new Pair("pair", "", "", vm, a, b, rateB / rateA, apart);
    }

    /** The same two recordings, asked the other way round. */
    public Pair reversed() {
        int remark = change.endsWith(")") ? change.lastIndexOf(" (") : -1;
        String[] ends = (remark < 0 ? change : change.substring(0, remark)).split(" -> ", 2);
        String back = ends.length == 2 ? ends[1] + " -> " + ends[0] : ends[0];
        String text = remark < 0 ? back : back + change.substring(remark);
        return new Pair(id, knob, text, vm, b, a, 1 / ratio, beyondNoise);
    }

    /** The least ratio that the repeats allow. */
    double lowestRatio() {
        return b.low() / a.high();
    }

    /** The greatest ratio that the repeats allow. */
    double highestRatio() {
        return b.high() / a.low();
    }

    /** A pair whose knob must not matter: a prediction of any change is wrong. */
    boolean isNull() {
        return change.contains("null pair");
    }
}
