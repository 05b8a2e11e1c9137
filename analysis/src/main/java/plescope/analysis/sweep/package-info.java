/** Many what-ifs over one recording: grids of them, kept in a journal so that they can be resumed, and searches for good ones. */
package plescope.analysis.sweep;
