package plescope.replay.scenario;

/**
 * A number of a scenario that its user may change.
 *
 * @param value as written, after any change
 * @param about empty where the scenario does not say
 */
public record ScenarioParameter(String name, String value, String about) {}
