package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What SQLite's errors mean for the callers. An I/O error never means "not stored": bytes that were handed
 * to the operating system before it may yet be found after a restart.
 */
final class SqliteFaults implements FaultResponse {
    private static final int PRIMARY = 0xff;

    @Override
    public Verdict judge(@Nullable SQLException cause, boolean isDuringCommit) {
        SQLiteErrorCode code = code(cause);
        return switch (primary(code)) {
            // Only a failed fsync says that what was written before may be lost: nothing may follow it.
            case SQLITE_IOERR -> new Verdict(ErrorCode.OUTCOME_UNKNOWN, true, isFailedSync(code));
            case SQLITE_FULL -> new Verdict(ErrorCode.STORAGE_FULL, true, false);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> new Verdict(ErrorCode.OUTCOME_UNKNOWN, true, true);
            // The disk became read-only under it, as Linux does after errors: nothing is stored until somebody helps.
            case SQLITE_READONLY ->
                new Verdict(isDuringCommit ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE, true, true);
            case SQLITE_BUSY, SQLITE_LOCKED -> passing(ErrorCode.OVERLOADED, isDuringCommit);
            case SQLITE_CANTOPEN -> passing(ErrorCode.UNAVAILABLE, isDuringCommit);
            default -> passing(ErrorCode.DEFECT, isDuringCommit);
        };
    }

    /** Nothing was done before the commit; the commit itself may have been. */
    private static Verdict passing(ErrorCode answer, boolean isDuringCommit) {
        return new Verdict(isDuringCommit ? ErrorCode.OUTCOME_UNKNOWN : answer, true, false);
    }

    /** The failure of a read, which changes nothing. */
    static StoreException ofRead(Throwable cause) {
        SQLException sql = sqlCause(cause);
        return switch (primary(code(sql))) {
            case SQLITE_BUSY, SQLITE_LOCKED -> new StoreException(ErrorCode.OVERLOADED, "SQLite is busy", cause);
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_READONLY ->
                new StoreException(ErrorCode.UNAVAILABLE, "the disk could not be read", cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new StoreException(ErrorCode.CORRUPT, "SQLite finds the database damaged", cause);
            default -> new StoreException(ErrorCode.DEFECT, "a read failed", cause);
        };
    }

    /** The SQL error behind an exception, or null when there is none. */
    static @Nullable SQLException sqlCause(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static SQLiteErrorCode code(@Nullable SQLException cause) {
        return cause instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return code.code < 0 ? code : SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
    }

    private static boolean isFailedSync(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC -> true;
            default -> false;
        };
    }
}
