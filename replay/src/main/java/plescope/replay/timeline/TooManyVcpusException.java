package plescope.replay.timeline;

/** A log of more vCPU threads than any host runs, so of a text that imitates one. */
public final class TooManyVcpusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyVcpusException(int most) {
        super("the log has more than " + most
                + " vCPU threads, which no host runs; if it is really one, take a part of it");
    }
}
