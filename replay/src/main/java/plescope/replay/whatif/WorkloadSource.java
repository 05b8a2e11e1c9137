package plescope.replay.whatif;

import plescope.replay.workload.Workload;

/**
 * The work of a recording, as often as one likes to draw it. What a log leaves open - whom a spinner waited for, how often a lock was
 * taken unseen - is drawn anew for each member of an ensemble, so that the spread of their replays shows what that doubt is worth.
 */
@FunctionalInterface
public interface WorkloadSource {
    /**
     * One drawing.
     *
     * @param member 0 is the most likely reading; equal members are equal work
     */
    Workload draw(int member);
}
