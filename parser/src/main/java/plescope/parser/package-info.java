/** Turns log text into typed events and counted diagnostics. Knows no scheduler and no SQL; {@link TraceReader} is the door. */
package plescope.parser;
