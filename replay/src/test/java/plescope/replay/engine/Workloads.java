package plescope.replay.engine;

/** The small workloads and hosts that policies are checked on, for tests of the engine. */
public final class Workloads extends plescope.replay.contract.Workloads {
    private Workloads() {}
}
