/** What-if questions: an experiment, changes to it, what is measured of its replays, and how far that can be trusted. */
package plescope.replay.whatif;
