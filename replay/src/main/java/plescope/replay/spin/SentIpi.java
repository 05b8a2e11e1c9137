package plescope.replay.spin;

import plescope.replay.model.Ipi;

/** One IPI on its way to one receiver. */
final class SentIpi {
    final int sender;
    final int receiver;
    final int vector;
    final long sentNs;
    final long line;
    boolean injected;
    long takenNs = -1;
    long takenLine;
    long ackNs = -1;
    long ackLine;

    SentIpi(int sender, int receiver, int vector, long sentNs, long line) {
        this.sender = sender;
        this.receiver = receiver;
        this.vector = vector;
        this.sentNs = sentNs;
        this.line = line;
    }

    Ipi toModel() {
        return new Ipi(sender, receiver, vector, sentNs, ackNs, line, ackLine);
    }
}
