package plescope.analysis.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import plescope.parser.event.ExitReason;

/**
 * Writes the batches of several schedules through one connection, whole schedules one after the other in the order their
 * loaders were opened, however their simulations interleave: equal input gives equal tables.
 *
 * <p>A thread of its own does the writing while those who fill batches go on. The connection is that thread's until {@link #settle()}
 * returns. Memory is bounded: the schedule whose turn it is keeps up to {@link #AHEAD_BATCHES}, a later one up to
 * {@link #HELD_BATCHES}, then its thread waits. So schedules must be started in the order they were opened, as a thread pool's queue
 * does.
 */
final class LoadOrder {
    /** Enough to bridge the moments when DuckDB compresses and writes a row group. */
    static final int AHEAD_BATCHES = 6;

    /** About 2.5 MB each; enough that a simulation of some million events does not wait for its predecessor. */
    static final int HELD_BATCHES = 192;

    /** Emptied batches kept per table, to be filled again. */
    private static final int SPARE_BATCHES = 2;

    private final Map<LoadTable, ArrayDeque<ColumnBatch>> spare = new EnumMap<>(LoadTable.class);
    private final BatchWriter batches;
    private final List<Turn> turns = new ArrayList<>();
    private int current;
    /** Null until the first batch. */
    private Thread writer;

    private boolean writing;
    private boolean stopped;
    /** Null while all is well. */
    private Throwable failure;

    LoadOrder(Connection connection) throws SQLException {
        batches = new BatchWriter(connection);
        for (LoadTable table : LoadTable.values()) {
            spare.put(table, new ArrayDeque<>());
        }
    }

    /** One schedule's place in the order. */
    final class Turn {
        private final int number = turns.size();
        private final ArrayDeque<ColumnBatch> held = new ArrayDeque<>();
        private final ExitReasonNumbers reasons = new ExitReasonNumbers();
        private boolean finished;
        private boolean failureTold;

        /** Takes a batch over, which the caller must not touch again, and gives an empty one for it; a null batch is none. */
        ColumnBatch exchange(ColumnBatch full, LoadTable table) {
            synchronized (LoadOrder.this) {
                if (full != null) {
                    write(full);
                }
                ColumnBatch empty = spare.get(table).poll();
                return empty == null ? new ColumnBatch(table) : empty;
            }
        }

        /** Takes a batch over; the caller must not touch it again. */
        void write(ColumnBatch batch) {
            synchronized (LoadOrder.this) {
                awaitRoom(this);
                if (failure == null) {
                    held.add(batch);
                    wakeWriter();
                }
            }
        }

        /** Number of a reason within this schedule; called by the schedule's own thread only. */
        int localReason(ExitReason reason) {
            Integer known = reasons.known(reason);
            if (known != null) {
                return known;
            }
            synchronized (LoadOrder.this) {
                return reasons.of(reason);
            }
        }

        /** Whether the schedule has more exit reasons than are told apart. */
        boolean hasOtherReasons() {
            return reasons.hasOthers();
        }

        /** Nothing more will come. Waits until all is written if this schedule's turn has come. */
        void finish() {
            synchronized (LoadOrder.this) {
                finished = true;
                boolean first = number == current;
                if (!writing) {
                    passFinished();
                }
                awaitWhile(() -> first && number == current);
                tellFailure(this);
            }
        }
    }

    synchronized Turn open() {
        Turn turn = new Turn();
        turns.add(turn);
        return turn;
    }

    /** Whether every opened schedule is complete in the tables. */
    synchronized boolean isIdle() {
        return current == turns.size();
    }

    /** Waits until all is written that can be now. The connection is free until another batch comes. */
    synchronized void settle() {
        awaitWhile(() -> writing || hasNext());
        if (failure != null) {
            throw failed();
        }
    }

    /** Drops what is not written yet and ends the writer; the connection is free for good. */
    void stop() {
        Thread ending;
        synchronized (this) {
            if (!isIdle()) {
                fail(new IllegalStateException("closed before all was stored"));
            }
            stopped = true;
            notifyAll();
            ending = writer;
        }
        boolean interrupted = false;
        while (ending != null && ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRoom(Turn turn) {
        awaitWhile(() -> turn.held.size() >= (turn.number == current ? AHEAD_BATCHES : HELD_BATCHES));
        tellFailure(turn);
    }

    private synchronized void awaitWhile(BooleanSupplier busy) {
        try {
            while (failure == null && busy.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting to store a schedule", e);
        }
    }

    /** Once to each who stores: what follows is dropped, and nothing can be published. */
    private void tellFailure(Turn turn) {
        if (failure != null && !turn.failureTold) {
            turn.failureTold = true;
            throw failed();
        }
    }

    private StoreException failed() {
        return failure instanceof SQLException sql
                ? StoreException.of(sql)
                : new StoreException("cannot write the database: " + failure.getMessage(), failure);
    }

    private void wakeWriter() {
        if (writer == null) {
            writer = new Thread(this::writeAll, "plescope-store");
            writer.setDaemon(true);
            writer.start();
        }
        notifyAll();
    }

    private void writeAll() {
        try {
            for (Turn turn = next(); turn != null; turn = next()) {
                ColumnBatch batch;
                List<ExitReason> local;
                synchronized (this) {
                    batch = turn.held.poll();
                    if (batch == null) {
                        return; // Dropped meanwhile.
                    }
                    local = List.copyOf(turn.reasons.all());
                    notifyAll();
                }
                batches.write(batch, local);
                recycle(batch);
            }
        } catch (Throwable e) { // An error, too, must not leave the others waiting.
            fail(e);
        }
    }

    /** The schedule whose batch is to be written next, once there is one; null at the end. */
    private synchronized Turn next() throws InterruptedException {
        writing = false;
        passFinished();
        while (!stopped && !hasNext()) {
            wait();
        }
        writing = !stopped;
        return stopped ? null : turns.get(current);
    }

    private boolean hasNext() {
        return current < turns.size() && !turns.get(current).held.isEmpty();
    }

    private void passFinished() {
        while (current < turns.size()
                && turns.get(current).finished
                && turns.get(current).held.isEmpty()) {
            current++;
        }
        notifyAll();
    }

    private synchronized void recycle(ColumnBatch batch) {
        ArrayDeque<ColumnBatch> kept = spare.get(batch.table());
        if (kept.size() < SPARE_BATCHES) {
            batch.clear();
            kept.push(batch);
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        turns.forEach(turn -> turn.held.clear());
        notifyAll();
    }
}
