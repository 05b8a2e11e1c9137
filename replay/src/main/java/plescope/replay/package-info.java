/** Turns events into timelines, spin episodes and a workload, and replays it. Knows no files, no SQL, no wall clock. */
package plescope.replay;
