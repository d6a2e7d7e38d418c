package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the write-ahead log does not grow large. From {@link #PAGES_WANTED} on it is moved into the
 * database beside the writer, which meanwhile goes on; when little is left, the writer moves that itself, and its
 * next transaction begins the log anew. A passive checkpoint waits for nobody; when readers, or a slow disk,
 * have kept it from an end for long, a truncating one waits for them: for a moment, and when that was not
 * enough, again some transactions later. So it stays about {@link #PAGES_MAX} pages; from {@link #PAGES_BOUND} on
 * the writer waits longer, after every transaction, so that it stays below that and one transaction. Confined to
 * the writer's thread, but for its static method.
 */
final class WalKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(WalKeeper.class);

    /** A checkpoint is made when the log has so many pages (4 KiB each). */
    static final int PAGES_WANTED = 4_000;

    /** So many the writer moves itself. */
    static final int LEFT_MAX = 1_000;

    /** The log is emptied at once when it has so many pages: 64 MiB. */
    static final int PAGES_MAX = 16_000;

    /** From here on nothing goes on before it is emptied, or a reader took far longer than a page takes. */
    static final int PAGES_BOUND = 2 * PAGES_MAX;

    /** Transactions between two attempts of the writer. */
    static final int PAUSE = 32;

    private static final int PATIENCE_MILLIS = 25;

    private final Mover mover;
    private int pause;

    WalKeeper(Mover mover) {
        this.mover = mover;
    }

    /**
     * Removes the log that was emptied when the writer ended. Connections that only read cannot, and the pool
     * of them closes last; so one that can write is opened and closed. A log that holds something is left to
     * the next start, which recovers from it.
     */
    static void removeEmptied(Path database) {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        try {
            if (Files.exists(log) && Files.size(log) == 0) {
                Connections.writing(database, Durability.DISK).close();
            }
        } catch (IOException | SQLException | StoreException e) {
            LOG.warn("the emptied write-ahead log could not be removed", e);
        }
    }

    /** Called after each transaction. */
    void keep(Wal wal) throws SQLException {
        int pages = wal.pages();
        if (pages < PAGES_WANTED) {
            pause = 0;
            mover.forget();
        } else if (pages < PAGES_MAX) {
            move(wal, pages);
        } else if (pages >= PAGES_BOUND) {
            pause = empty(wal, Connections.BUSY_MILLIS) ? 0 : PAUSE;
        } else if (pause > 0) {
            pause--;
        } else {
            pause = empty(wal, PATIENCE_MILLIS) ? 0 : PAUSE;
        }
    }

    /** SQLite makes one checkpoint at a time, and waits for none: a round under way has to end first. */
    private boolean empty(Wal wal, int patienceMillis) throws SQLException {
        return mover.awaitIdle(Connections.BUSY_MILLIS) && wal.empty(patienceMillis);
    }

    private void move(Wal wal, int pages) throws SQLException {
        if (!mover.isIdle()) {
            return;
        }
        if (pages - mover.moved() > LEFT_MAX) {
            mover.request();
            pause = 0;
        } else if (pause > 0) {
            pause--;
        } else {
            wal.moveWhatIsFree();
            pause = PAUSE;
        }
    }

    /** Moves the log beside the writer, in rounds. */
    interface Mover {
        /** Whether no round is under way. */
        boolean isIdle();

        /** Waits for the round under way; false when it takes longer than this, or when a sync failed in one. */
        boolean awaitIdle(int patienceMillis);

        /** Begins a round; only while idle. */
        void request();

        /** Pages of the log that the last round found moved. */
        int moved();

        /** The log has begun anew: nothing of it is moved. */
        void forget();
    }

    /** The log of an open store, through the writer's connection. */
    interface Wal {
        /** How many pages it has. */
        int pages() throws SQLException;

        /** Moves what no reader holds into the database. */
        void moveWhatIsFree() throws SQLException;

        /** Moves everything and empties it; false when a reader held it for as long as this. */
        boolean empty(int patienceMillis) throws SQLException;
    }
}
