package plescope.replay.whatif;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each experiment is repeated.
 *
 * @param members drawings of the work: what the recording leaves open
 * @param seeds dice per member: tick phases. No two members share a seed, so work that does not vary still gives independent trials
 * @param firstSeed the others follow it
 */
public record EnsemblePlan(int members, int seeds, long firstSeed) {
    /** Enough to tell a spread; a handful of simulations per what-if. */
    public static final EnsemblePlan DEFAULT = new EnsemblePlan(3, 2, 1);

    public EnsemblePlan {
        if (members < 1 || seeds < 1) {
            throw new IllegalArgumentException("an ensemble needs at least one member and one seed");
        }
    }

    /** First the likeliest reading with the first seed; then by member and seed; then the likeliest reading, perturbed. */
    public List<Trial> trials() {
        return trials(List.of(Perturbation.COSTS_HALVED, Perturbation.COSTS_DOUBLED));
    }

    /** The same for a recording: one that does not show how long a PLE window takes is replayed with wrong ones, too. */
    public List<Trial> trials(Recording recording) {
        return recording.pleUnitAssumed()
                ? trials(List.of(
                        Perturbation.COSTS_HALVED,
                        Perturbation.COSTS_DOUBLED,
                        Perturbation.WINDOW_HALVED,
                        Perturbation.WINDOW_DOUBLED))
                : trials();
    }

    private List<Trial> trials(List<Perturbation> perturbations) {
        List<Trial> trials = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            for (int seed = 0; seed < seeds; seed++) {
                trials.add(new Trial(member, firstSeed + (long) member * seeds + seed, Perturbation.NONE));
            }
        }
        for (Perturbation perturbation : perturbations) {
            for (int seed = 0; seed < seeds; seed++) {
                trials.add(new Trial(0, firstSeed + seed, perturbation));
            }
        }
        return List.copyOf(trials);
    }
}
