/** The text of the traces that simulated schedules would leave, in the words of each producer and kernel, and what it cannot show. */
package plescope.replay.scenario.text;
