package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.ErrorCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the writer does when SQLite fails under it. */
interface FaultResponse {
    Verdict judge(@Nullable SQLException cause, boolean isDuringCommit);

    /**
     * The answer to a failure.
     *
     * @param answer what the appends of the transaction are told
     * @param isEviction whether the connection is thrown away; a connection kept may write later what was
     *     refused
     * @param isFatal whether the store stops for good
     */
    record Verdict(ErrorCode answer, boolean isEviction, boolean isFatal) {}
}
