package plescope.replay.guest;

import java.util.List;

/**
 * One VM and what it does.
 *
 * @param channels capacity of each message channel
 * @param barriers number of tasks that meet at each barrier, and whether they spin for each other
 */
public record VmSpec(
        String name,
        int vcpus,
        GuestFeatures features,
        List<LockSpec> locks,
        List<Channel> channels,
        List<Barrier> barriers,
        List<TaskSpec> tasks) {
    public VmSpec {
        locks = List.copyOf(locks);
        channels = List.copyOf(channels);
        barriers = List.copyOf(barriers);
        tasks = List.copyOf(tasks);
    }

    /** A bounded queue of messages between tasks: a pipe, a socket. */
    public record Channel(String name, int capacity) {}

    /** Where tasks wait for each other. */
    public record Barrier(String name, int parties, boolean spins) {}
}
