/** A slow simulator of small hosts, written from the rules alone, to hold against the engine. */
package plescope.replay.engine.reference;
