/** Every dialect of a written trace goes through the parser and says the same. */
package plescope.replay.scenario.text;
