/** Replays against reality: what-ifs against recordings of what they ask, identity replays against their own recordings. */
package plescope.analysis.validate;
