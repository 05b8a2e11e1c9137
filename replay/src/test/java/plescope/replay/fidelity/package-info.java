/** Tests of the check against recorded picks. */
package plescope.replay.fidelity;
