/** Made-up guests and the text of the traces they would leave: logs whose truth is known, to test inference with. */
package plescope.replay.scenario;
