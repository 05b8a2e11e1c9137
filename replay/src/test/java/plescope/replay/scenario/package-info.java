/** The synthetic sample and the way through it, from known truth to text to what inference makes of it. */
package plescope.replay.scenario;
