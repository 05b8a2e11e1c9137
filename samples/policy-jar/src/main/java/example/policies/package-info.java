/** An example of policies of one's own for plescope: one policy, the provider that names it, and its test. */
package example.policies;
