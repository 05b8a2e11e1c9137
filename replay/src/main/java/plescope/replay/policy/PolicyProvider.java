package plescope.replay.policy;

import java.util.List;

/** How a jar on the class path adds policies of its own: registered as a {@link java.util.ServiceLoader} service. */
public interface PolicyProvider {
    List<PolicySpec> policies();
}
