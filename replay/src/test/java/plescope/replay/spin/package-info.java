/** Tests of spin detection. */
package plescope.replay.spin;
