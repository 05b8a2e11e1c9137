package plescope.parser;

import java.io.ByteArrayInputStream;

/** Bytes that come in small pieces, and none before it is asked for: a pipe whose writer is slow. */
final class SlowStream extends ByteArrayInputStream {
    private final int most;

    /** @param most bytes that the writer writes at once */
    SlowStream(byte[] bytes, int most) {
        super(bytes);
        this.most = most;
    }

    @Override
    public synchronized int read(byte[] buffer, int from, int length) {
        return super.read(buffer, from, Math.min(length, most - pos % most));
    }

    @Override
    public synchronized int available() {
        return 0;
    }
}
