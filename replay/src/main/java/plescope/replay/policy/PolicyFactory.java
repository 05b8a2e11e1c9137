package plescope.replay.policy;

/** Makes a fresh policy for one run. */
@FunctionalInterface
public interface PolicyFactory {
    Policy create(ParameterValues values);
}
