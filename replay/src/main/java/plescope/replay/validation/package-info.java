/** How far a replay can be trusted: one set of metrics for recorded and simulated schedules, and what they differ by. */
package plescope.replay.validation;
