/** Named reports: SQL with a described header, run against a trace database, printed as table, CSV, JSON or Markdown. */
package plescope.analysis.report;
