/** Rebuilds what every vCPU thread was doing, and which VM it belongs to, from host events; {@link TimelineBuilder} is the door. */
package plescope.replay.timeline;
