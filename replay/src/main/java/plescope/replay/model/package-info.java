/** Nouns shared by every stage: schedules, spin episodes, waits, and the sink that recorded and simulated schedules both feed. */
package plescope.replay.model;
