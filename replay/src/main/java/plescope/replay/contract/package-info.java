/** What holds under every policy, as a check that a policy's author can run anywhere: it needs no test framework. */
package plescope.replay.contract;
