package plescope.analysis.scoring;

/**
 * How well one question was answered.
 *
 * @param asked true waits that have an answer
 * @param answered of those, the ones that inference answers
 * @param right of these, rightly
 */
public record Score(int asked, int answered, int right) {
    /** Share of answers that are right; NaN without answers. */
    public double precision() {
        return answered == 0 ? Double.NaN : (double) right / answered;
    }

    /** Share of questions rightly answered; NaN without questions. */
    public double recall() {
        return asked == 0 ? Double.NaN : (double) right / asked;
    }

    /** Both questions as one. */
    public Score plus(Score other) {
        return new Score(asked + other.asked, answered + other.answered, right + other.right);
    }

    /** Counts while scoring. */
    static final class Tally {
        private int asked;
        private int answered;
        private int right;

        void asked() {
            asked++;
        }

        void answered(boolean rightly) {
            answered++;
            right += rightly ? 1 : 0;
        }

        Score score() {
            return new Score(asked, answered, right);
        }
    }
}
