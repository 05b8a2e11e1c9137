/** The event model above all spellings: no type here knows which tool or kernel printed the line. */
package plescope.parser.event;
