/** The command line: parses arguments, strings the stages together, prints; the only package that talks to the terminal. */
package plescope.analysis.cli;
