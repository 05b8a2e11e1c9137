package plescope.replay.scenario;

/**
 * A number of a scenario that was fitted to a baseline measurement, never to what a policy gained.
 *
 * @param because the baseline figure it was fitted to
 */
public record Calibration(String name, String value, String because) {}
