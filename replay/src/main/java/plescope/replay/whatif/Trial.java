package plescope.replay.whatif;

/**
 * One drawing of the work and one throw of the dice, the same for the identity and every what-if: their ratio is free of what both
 * have in common.
 *
 * @param member of the {@link WorkloadSource}
 */
public record Trial(int member, long seed, Perturbation perturbation) {}
