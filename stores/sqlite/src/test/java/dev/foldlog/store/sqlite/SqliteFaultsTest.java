package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.store.sqlite.FaultResponse.Verdict;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What each of SQLite's errors means. */
final class SqliteFaultsTest {
    private static final Set<String> FATAL = Set.of(
            "SQLITE_IOERR_FSYNC",
            "SQLITE_IOERR_DIR_FSYNC",
            "SQLITE_CORRUPT",
            "SQLITE_CORRUPT_VTAB",
            "SQLITE_CORRUPT_SEQUENCE",
            "SQLITE_CORRUPT_INDEX",
            "SQLITE_NOTADB",
            "SQLITE_READONLY",
            "SQLITE_READONLY_RECOVERY",
            "SQLITE_READONLY_CANTLOCK",
            "SQLITE_READONLY_ROLLBACK",
            "SQLITE_READONLY_DBMOVED",
            "SQLITE_READONLY_CANTINIT",
            "SQLITE_READONLY_DIRECTORY");

    private final SqliteFaults faults = new SqliteFaults();

    @ParameterizedTest
    @CsvSource({
        "SQLITE_IOERR,            OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_IOERR_READ,       OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_IOERR_FSYNC,      OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_IOERR_SHORT_READ, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_FULL,             STORAGE_FULL,    STORAGE_FULL,    UNAVAILABLE",
        "SQLITE_CORRUPT,          OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, CORRUPT",
        "SQLITE_NOTADB,           OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, CORRUPT",
        "SQLITE_BUSY,             OVERLOADED,      OUTCOME_UNKNOWN, OVERLOADED",
        "SQLITE_BUSY_RECOVERY,    OVERLOADED,      OUTCOME_UNKNOWN, OVERLOADED",
        "SQLITE_LOCKED,           OVERLOADED,      OUTCOME_UNKNOWN, OVERLOADED",
        "SQLITE_CANTOPEN,         UNAVAILABLE,     OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_READONLY,         UNAVAILABLE,     OUTCOME_UNKNOWN, UNAVAILABLE",
        "SQLITE_CONSTRAINT,       DEFECT,          OUTCOME_UNKNOWN, DEFECT",
        "SQLITE_MISUSE,           DEFECT,          OUTCOME_UNKNOWN, DEFECT"
    })
    void each_error_has_its_answer_before_and_during_a_commit_and_in_a_read(
            SQLiteErrorCode code, ErrorCode before, ErrorCode during, ErrorCode read) {
        assertThat(faults.judge(error(code), false).answer()).isEqualTo(before);
        assertThat(faults.judge(error(code), true).answer()).isEqualTo(during);
        assertThat(SqliteFaults.ofRead(error(code)).code()).isEqualTo(read);
    }

    @ParameterizedTest
    @EnumSource
    void every_error_costs_the_connection_and_only_some_the_store(SQLiteErrorCode code) {
        for (boolean isDuringCommit : new boolean[] {false, true}) {
            Verdict verdict = faults.judge(error(code), isDuringCommit);

            assertThat(verdict.isEviction()).isTrue();
            assertThat(verdict.isFatal()).isEqualTo(FATAL.contains(code.name()));
        }
    }

    @Test
    void the_fatal_errors_are_sqlites() {
        assertThat(Arrays.stream(SQLiteErrorCode.values()).map(Enum::name)).containsAll(FATAL);
    }

    @Test
    void what_is_no_error_of_sqlite_is_a_defect() {
        assertThat(faults.judge(null, false)).isEqualTo(new Verdict(ErrorCode.DEFECT, true, false));
        assertThat(faults.judge(null, true)).isEqualTo(new Verdict(ErrorCode.OUTCOME_UNKNOWN, true, false));
        assertThat(faults.judge(new SQLException("not SQLite's"), false).answer())
                .isEqualTo(ErrorCode.DEFECT);
    }

    @Test
    void the_error_is_found_behind_what_wraps_it() {
        SQLException error = error(SQLiteErrorCode.SQLITE_FULL);

        assertThat((Throwable) SqliteFaults.sqlCause(new IllegalStateException(new RuntimeException(error))))
                .isSameAs(error);
        assertThat((Throwable) SqliteFaults.sqlCause(new IllegalStateException("alone")))
                .isNull();
    }

    private static SQLException error(SQLiteErrorCode code) {
        return new SQLiteException("made to fail", code);
    }
}
