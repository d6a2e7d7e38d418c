package dev.foldlog.store.sqlite;

import java.sql.SQLException;

/**
 * Moves the write-ahead log into the database before it grows large. A passive checkpoint waits for
 * nobody; when readers have kept it from being reset for long, a truncating one waits for those that are
 * inside a page, so the log stays below {@link #PAGES_MAX} pages and one transaction. Confined to the
 * writer's thread.
 */
final class WalKeeper {
    /** A checkpoint is made when the log has so many pages (4 KiB each). */
    static final int PAGES_WANTED = 4_000;

    /** The log is emptied at once when it has so many pages: 64 MiB. */
    static final int PAGES_MAX = 16_000;

    void keep(WriterSession session) throws SQLException {
        int pages = session.walPages("NOOP");
        if (pages >= PAGES_MAX) {
            session.walPages("TRUNCATE");
        } else if (pages >= PAGES_WANTED) {
            session.walPages("PASSIVE");
        }
    }
}
