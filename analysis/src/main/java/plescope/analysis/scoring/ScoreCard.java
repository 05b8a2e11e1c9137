package plescope.analysis.scoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plescope.replay.model.Residual;
import plescope.replay.model.SpinEpisode;
import plescope.replay.model.Wait;
import plescope.replay.scenario.text.TruthRow;

/**
 * How well waits of one synthetic log were explained.
 *
 * @param waits true waits with PLE exits
 * @param found of those, the ones that an episode was found for
 * @param causes whether lock and IPI were told apart
 * @param culprits whether whom the host kept waiting is named: asked of the true waits whose culprit was off its pCPU, ready to
 *     run, at some time of the wait; answered where somebody who was is named. Only these waits can a host shorten
 * @param locks whether the one who let go is named, of all lock waits, pure contention included
 * @param ipis whether the last receiver to acknowledge is named, of all IPI waits
 * @param claims how often the first suspect was right, by the probability claimed
 * @param residual how well the culprit's residual work is known where the culprit is
 * @param schedule what was told of yields and wake-ups against what was true
 */
public record ScoreCard(
        SyntheticCase one,
        int waits,
        int found,
        Score causes,
        Score culprits,
        Score locks,
        Score ipis,
        Reliability claims,
        ResidualError residual,
        ScheduleScore schedule) {
    private static final String LOCK = "LOCK";

    /** Runs the case and scores what is inferred from its log. */
    public static ScoreCard of(SyntheticCase one) {
        return of(one, SyntheticReading.of(one));
    }

    static ScoreCard of(SyntheticCase one, SyntheticReading reading) {
        return new Judge(reading).card(one);
    }

    /** Compares verdict by verdict. */
    private static final class Judge {
        private final SyntheticReading reading;
        private final FoundWaits found;
        private final Score.Tally causes = new Score.Tally();
        private final Score.Tally culprits = new Score.Tally();
        private final Set<TruthRow> askedCulprits = new HashSet<>();
        private final Score.Tally locks = new Score.Tally();
        private final Score.Tally ipis = new Score.Tally();
        private final Reliability claims = new Reliability();
        private final ResidualError.Tally residual = new ResidualError.Tally();

        Judge(SyntheticReading reading) {
            this.reading = reading;
            this.found = reading.found();
        }

        ScoreCard card(SyntheticCase one) {
            Map<Long, TruthRow> truths = TrueWaits.of(reading);
            List<TruthRow> waits = TrueWaits.all(reading);
            waits.forEach(this::ask);
            Map<Long, SpinEpisode> episodes = new HashMap<>();
            found.episodes.forEach(episode -> episodes.put(episode.id(), episode));
            truths.forEach((episode, row) -> compare(episodes.get(episode), found.waits.get(episode), row));
            return new ScoreCard(
                    one,
                    waits.size(),
                    truths.size(),
                    causes.score(),
                    culprits.score(),
                    locks.score(),
                    ipis.score(),
                    claims,
                    residual.error(),
                    ScheduleScore.of(reading));
        }

        private void ask(TruthRow row) {
            causes.asked();
            int culprit = row.culprit() < 0 ? -1 : reading.found(row.vm(), row.culprit());
            if (culprit >= 0) {
                (isLock(row) ? locks : ipis).asked();
                if (found.heldUp(culprit, clock(row.startNs()), clock(row.releaseNs()))) {
                    culprits.asked();
                    askedCulprits.add(row);
                }
            }
        }

        private long clock(long truthNs) {
            return truthNs - reading.firstNs();
        }

        private void compare(SpinEpisode episode, Wait wait, TruthRow row) {
            if (wait.cause() != Wait.Cause.UNKNOWN) {
                causes.answered(wait.cause() == Wait.Cause.LOCK == isLock(row));
            }
            if (row.culprit() < 0 || wait.candidates().isEmpty()) {
                return;
            }
            Wait.Candidate first = wait.candidates().get(0);
            boolean right = reading.truly(first.vcpu()).number() == row.culprit();
            claims.claimed(first.probability(), right);
            if (wait.culprit() < 0) {
                return;
            }
            (isLock(row) ? locks : ipis).answered(right);
            // Right, where the truth has it that nobody was kept waiting, is no answer to a question.
            boolean asked = askedCulprits.contains(row);
            if (found.heldUp(first.vcpu(), episode.startNs(), episode.endNs()) && (asked || !right)) {
                culprits.answered(right);
            }
            if (right && first.residual().known()) {
                Residual claimed = first.residual();
                residual.add(claimed, found.guestNs(first.vcpu(), claimed.fromNs(), clock(row.releaseNs())));
            }
        }

        private static boolean isLock(TruthRow row) {
            return row.cause().equals(LOCK);
        }
    }
}
