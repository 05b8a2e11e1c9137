/** What each guest had to do, free of host decisions: door 4 makes it from a recorded schedule, the engine replays it. */
package plescope.replay.workload;
