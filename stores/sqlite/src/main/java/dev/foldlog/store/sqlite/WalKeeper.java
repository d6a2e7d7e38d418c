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
 * Moves the write-ahead log into the database before it grows large. A passive checkpoint waits for
 * nobody; when readers have kept it from being reset for long, a truncating one waits for those that are
 * inside a page, so the log stays below {@link #PAGES_MAX} pages and one transaction. Confined to the
 * writer's thread, but for its static method.
 */
final class WalKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(WalKeeper.class);

    /** A checkpoint is made when the log has so many pages (4 KiB each). */
    static final int PAGES_WANTED = 4_000;

    /** The log is emptied at once when it has so many pages: 64 MiB. */
    static final int PAGES_MAX = 16_000;

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

    void keep(WriterSession session) throws SQLException {
        int pages = session.walPages("NOOP");
        if (pages >= PAGES_MAX) {
            session.walPages("TRUNCATE");
        } else if (pages >= PAGES_WANTED) {
            session.walPages("PASSIVE");
        }
    }
}
