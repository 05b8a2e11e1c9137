package plescope.replay.fidelity;

/**
 * How often two schedulers agreed on whom to run next.
 *
 * @param decisions picks among two or more runnable threads
 * @param agreed of those, picks equal to the recorded one
 * @param roundRobin picks a round robin would have got right: whoever waits longest
 * @param chancePpm sum over all decisions of what a random pick would score, in millionths
 */
public record PickTally(long decisions, long agreed, long roundRobin, long chancePpm) {
    public static final PickTally NONE = new PickTally(0, 0, 0, 0);

    /** With one more decision among {@code candidates} threads. */
    PickTally with(boolean agrees, boolean roundRobinAgrees, int candidates) {
        return new PickTally(
                decisions + 1,
                agreed + (agrees ? 1 : 0),
                roundRobin + (roundRobinAgrees ? 1 : 0),
                chancePpm + 1_000_000 / candidates);
    }

    PickTally plus(PickTally other) {
        return new PickTally(
                decisions + other.decisions,
                agreed + other.agreed,
                roundRobin + other.roundRobin,
                chancePpm + other.chancePpm);
    }

    /** Share of equal picks, in thousandths; 0 where nothing was decided. */
    public long agreedPermille() {
        return permille(agreed);
    }

    /** What a round robin scores, in thousandths. */
    public long roundRobinPermille() {
        return permille(roundRobin);
    }

    /** What a random pick scores, in thousandths. */
    public long chancePermille() {
        return decisions == 0 ? 0 : chancePpm / (decisions * 1000);
    }

    private long permille(long part) {
        return decisions == 0 ? 0 : part * 1000 / decisions;
    }
}
