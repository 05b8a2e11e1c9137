package plescope.parser.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One text on several cores: chunks are parsed side by side ahead of their turn, and merged in their order on the caller's thread,
 * which is the only one that passes events on. What comes out is the same for any number of threads and any size of chunks.
 */
public final class ChunkedReading {
    /** Small enough that a few of them stay in the cache, large enough that making a parser does not show. */
    public static final int CHUNK_BYTES = 1 << 20;

    /** Chunks in memory per thread: one in work, one ahead. */
    private static final int AHEAD = 2;

    private final ChunkSource source;
    private final LineParser log;
    private final ChunkMerger merger;
    private final int threads;
    private final Deque<Future<ParsedChunk>> ahead = new ArrayDeque<>();
    private final Deque<EventBatch> batches = new ArrayDeque<>();
    private IOException unreadable;
    private RuntimeException refused;
    private boolean ended;

    /** @param log knows all that was read before, nothing at first */
    public ChunkedReading(InputStream in, LineParser log, int threads, int chunkBytes) {
        source = new ChunkSource(in, chunkBytes);
        merger = new ChunkMerger(log);
        this.log = log;
        this.threads = threads;
    }

    /** Reads to the end of the text. */
    public void read() throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, ChunkedReading::worker);
        try {
            fill(workers);
            while (!ahead.isEmpty()) {
                ParsedChunk next = parsed(ahead.remove());
                merger.add(next);
                next.batch().clear();
                batches.add(next.batch());
                source.recycle(next.chunk());
                fill(workers);
            }
        } finally {
            workers.shutdownNow();
        }
        if (unreadable != null) {
            throw unreadable;
        }
        if (refused != null) {
            throw refused;
        }
    }

    /** Chunks of which some lines were parsed twice, because they were not independent of the lines before. */
    public long chunksParsedAgain() {
        return merger.again();
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "plescope-parser");
        thread.setDaemon(true);
        return thread;
    }

    private void fill(ExecutorService workers) throws IOException {
        while (!ended && ahead.size() < AHEAD * threads) {
            Chunk chunk = next();
            if (chunk == null) {
                ended = true;
            } else if (log.head().isStarted()) {
                EventBatch batch = batches.isEmpty() ? new EventBatch() : batches.remove();
                LineParser parser = log.ofChunk(chunk.firstLine(), batch);
                ahead.add(workers.submit(() -> ParsedChunk.of(chunk, parser, batch)));
            } else {
                // the first event says from where times count
                merger.parse(chunk);
                source.recycle(chunk);
            }
        }
    }

    /** The next chunk; what stops the reading waits until the chunks before are merged. */
    private Chunk next() {
        try {
            return source.next();
        } catch (IOException e) {
            unreadable = e;
        } catch (RuntimeException e) {
            refused = e;
        }
        return null;
    }

    private static ParsedChunk parsed(Future<ParsedChunk> chunk) throws IOException {
        try {
            return chunk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("the reading was interrupted");
            stopped.initCause(e);
            throw stopped;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chunk could not be parsed", e.getCause());
        }
    }
}
