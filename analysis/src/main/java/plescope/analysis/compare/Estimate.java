package plescope.analysis.compare;

/**
 * A measure of one recording and how far chance moves it.
 *
 * @param value as people read it: per second, percent, microseconds
 * @param level on the scale on which sides are subtracted: natural logarithm where their ratio counts, else the value
 * @param variance of the level, by resampling
 * @param degrees of freedom of the variance: blocks less one
 * @param drift by how much the levels of the two halves of the time differ
 */
record Estimate(double value, double level, double variance, double degrees, double drift) {}
