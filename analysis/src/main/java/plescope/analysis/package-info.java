/** Stores schedules in DuckDB, answers named reports, and is the command line: the only module that sees the whole path. */
package plescope.analysis;
