package plescope.replay.spin;

/**
 * How long a unit of PLE window takes on average, where {@link UnitHistogram} finds how long it takes at its quickest.
 *
 * <p>The quickest tells spin from work. But stalls of the host CPU, a busy SMT sibling and a lower clock stretch PAUSE loops too,
 * and a spinner holds its pCPU for as long as its window really takes. Only runs count that began in the loop while no sibling
 * was in guest mode: nobody can have handed a lock over in the middle of such a run, so it is one window, and at most one turn
 * of work before it, which is taken off as far as sampling shows work ({@link SpinSampling}).
 */
final class WindowStretch {
    /** Fewer windows than this say nothing about a mean of so skewed a distribution [I]. */
    static final int MIN_SAMPLES = 100;

    private long samples;
    private long spunNs;
    private long units;

    void spun(long ns, int window) {
        if (window > 0) {
            samples++;
            spunNs += ns;
            units += window;
        }
    }

    /** Picoseconds per unit, 0 while unknown. */
    long meanUnitPicos() {
        return samples < MIN_SAMPLES ? 0 : spunNs * 1000 / units;
    }
}
