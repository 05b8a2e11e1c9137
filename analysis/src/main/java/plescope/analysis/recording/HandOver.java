package plescope.analysis.recording;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Batches given by one thread and worked off by another, in the order they were given.
 *
 * <p>Memory is bounded: {@link #AHEAD} batches ahead of the one in work, the giver waits. What the work throws, the giver gets, as it
 * was thrown, with its next batch or at the end; nothing is worked off after it.
 */
final class HandOver<B> implements AutoCloseable {
    /** Enough that a pause of either side does not stop the other. */
    static final int AHEAD = 4;

    private final Supplier<B> maker;
    private final Consumer<B> work;
    private final Deque<B> full = new ArrayDeque<>();
    private final Deque<B> empty = new ArrayDeque<>();
    private final Thread worker;
    private boolean working;
    private boolean ended;
    /** Null while all is well. */
    private Throwable failure;

    /**
     * Starts the thread.
     *
     * @param maker makes empty batches, some few in all
     * @param work takes all out of a batch, which is filled again afterwards
     */
    HandOver(String threadName, Supplier<B> maker, Consumer<B> work) {
        this.maker = maker;
        this.work = work;
        worker = new Thread(this::workAll, threadName);
        worker.setDaemon(true);
        worker.start();
    }

    /** An empty batch to begin with. */
    B first() {
        return maker.get();
    }

    /** Takes a batch over, which the caller must not touch again, and gives an empty one for it. */
    synchronized B exchange(B batch) {
        give(batch);
        B next = empty.poll();
        return next == null ? maker.get() : next;
    }

    /** Takes the last batch over and waits until all is done. What the work has touched is the caller's again. */
    void finish(B last) {
        synchronized (this) {
            give(last);
            awaitWhile(() -> working || !full.isEmpty());
            tellFailure();
        }
        close();
    }

    /** Drops what is not worked off yet, and ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            full.clear();
            notifyAll();
        }
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(B batch) {
        awaitWhile(() -> full.size() >= AHEAD);
        tellFailure();
        full.add(batch);
        notifyAll();
    }

    private synchronized void awaitWhile(BooleanSupplier busy) {
        try {
            while (failure == null && busy.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException();
            stopped.initCause(e);
            throw new UncheckedIOException("the reading was interrupted", stopped);
        }
    }

    private void tellFailure() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void workAll() {
        try {
            for (B batch = next(); batch != null; batch = next()) {
                work.accept(batch);
                recycle(batch);
            }
        } catch (Throwable e) { // An error, too, must not leave the giver waiting.
            fail(e);
        }
    }

    /** The next batch, once there is one; null at the end. */
    private synchronized B next() throws InterruptedException {
        working = false;
        notifyAll();
        while (full.isEmpty() && !ended) {
            wait();
        }
        B batch = full.poll();
        working = batch != null;
        notifyAll();
        return batch;
    }

    private synchronized void recycle(B batch) {
        empty.push(batch);
    }

    private synchronized void fail(Throwable e) {
        failure = e instanceof RuntimeException || e instanceof Error ? e : new IllegalStateException(e);
        full.clear();
        notifyAll();
    }
}
