package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database beside the writer: on a thread and a connection of its own, so
 * that no append waits for it. It never waits for readers. A failed sync ends the store, as one of the writer's
 * does; after any other error the next round has a new connection. {@link #run} is for its thread, the rest
 * for the writer's, and {@link #end} for anyone's.
 */
final class WalMover implements WalKeeper.Mover, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WalMover.class);
    private static final int MOVED_COLUMN = 3;

    private final Opening opening;
    private final FaultResponse faults;
    private final Runnable onFatal;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(2);
    private volatile CompletableFuture<Void> round = CompletableFuture.completedFuture(null);
    private volatile boolean hasFailed;
    private volatile boolean hasEnded;
    private volatile int moved;
    private @Nullable Connection connection;

    /**
     * A mover that opens its connection when it first needs one.
     *
     * @param onFatal called on its thread when the store cannot go on
     */
    WalMover(Opening opening, FaultResponse faults, Runnable onFatal) {
        this.opening = opening;
        this.faults = faults;
        this.onFatal = onFatal;
    }

    @Override
    public boolean isIdle() {
        return round.isDone();
    }

    @Override
    public boolean awaitIdle(int patienceMillis) {
        try {
            round.get(patienceMillis, TimeUnit.MILLISECONDS);
            return !hasFailed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a round never completes exceptionally", e);
        }
    }

    @Override
    public void request() {
        round = new CompletableFuture<>();
        if (hasEnded) {
            round.complete(null);
        }
        orders.add(Order.MOVE);
    }

    @Override
    public int moved() {
        return moved;
    }

    @Override
    public void forget() {
        moved = 0;
    }

    /** Whether a sync failed: nothing may be written any more. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Lets its thread end, after the round that is under way. Safe to repeat. */
    void end() {
        if (!orders.offer(Order.END)) {
            LOG.debug("an end is in the queue already");
        }
    }

    @Override
    public void run() {
        try {
            while (orders.take() == Order.MOVE) {
                try {
                    move();
                } catch (Throwable e) { // an Error too: the writer waits for rounds
                    LOG.error("a round of moving the write-ahead log failed", e);
                }
                round.complete(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hasEnded = true;
            round.complete(null);
            closeConnection();
        }
    }

    private void move() {
        try (Statement statement = opened().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            moved = row.next() ? row.getInt(MOVED_COLUMN) : 0;
        } catch (SQLException | RuntimeException e) {
            // First of all: the checkpoint's lock is free again, and the writer must not make one after a failed sync.
            hasFailed = faults.judge(SqliteFaults.sqlCause(e), false).isFatal();
            LOG.error("a checkpoint of the write-ahead log failed", e);
            closeConnection();
            if (hasFailed) {
                onFatal.run();
            }
        }
    }

    private Connection opened() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = opening.open();
            connection = open;
        }
        return open;
    }

    private void closeConnection() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.warn("the connection for checkpoints did not close cleanly", e);
        }
    }

    private enum Order {
        MOVE,
        END
    }

    /** Opens a writing connection to the store's file. */
    interface Opening {
        Connection open() throws SQLException;
    }
}
