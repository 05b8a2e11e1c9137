/** Runs while building: makes the Java scanner out of what ANTLR made of {@code TraceLexer.g4}. Not part of the jar. */
package plescope.parser.generator;
