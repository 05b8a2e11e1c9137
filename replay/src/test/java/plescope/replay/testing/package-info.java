/** What tests build traces with. */
package plescope.replay.testing;
