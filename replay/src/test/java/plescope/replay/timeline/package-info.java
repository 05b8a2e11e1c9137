/** Tests of the timeline. */
package plescope.replay.timeline;
