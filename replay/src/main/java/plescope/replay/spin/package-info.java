/** Finds spin episodes, what the host did at each PLE exit, and whom a spinner waited for; {@link SpinDetector} is the door. */
package plescope.replay.spin;
