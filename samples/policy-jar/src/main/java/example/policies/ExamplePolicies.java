package example.policies;

import java.util.List;
import plescope.replay.policy.PolicyProvider;
import plescope.replay.policy.PolicySpec;

/** Names the policies of this jar; ServiceLoader finds it by the file in {@code META-INF/services}. */
public final class ExamplePolicies implements PolicyProvider {
    @Override
    public List<PolicySpec> policies() {
        return List.of(LongestWaitingPolicy.SPEC);
    }
}
