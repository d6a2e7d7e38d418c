package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which databases are opened, which are refused, and that those are left as they are. */
final class StoreOpeningTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void the_database_has_its_name() {
        database = folder.resolve("foldlog.db");
    }

    static List<List<String>> foreign() {
        return List.of(
                List.of("CREATE TABLE mine (x)", "INSERT INTO mine VALUES (1)"),
                List.of("PRAGMA application_id = 7"),
                List.of("PRAGMA user_version = 1"),
                List.of("PRAGMA journal_mode = WAL", "CREATE TABLE mine (x)"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void another_programs_database_is_refused_and_left_as_it_is(List<String> made) throws Exception {
        raw(made.toArray(String[]::new));

        assertRefusedUntouched("another program's (expected: a Foldlog database)");
    }

    @Test
    void what_is_no_database_is_refused_and_left_as_it_is() throws Exception {
        Files.writeString(database, "this is a text and no database. ".repeat(500));

        assertRefusedUntouched("cannot be opened");
    }

    @Test
    void a_newer_schema_is_refused_and_left_as_it_is() throws Exception {
        StoreUnderTest.in(folder).close();
        raw("PRAGMA user_version = 2");

        assertRefusedUntouched("schema version 2 (expected: at most 1");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteVerification.run(folder, StoreUnderTest.CODEC, new Deaf()))
                .withMessageContaining("schema version 2");
    }

    @Test
    void a_store_that_was_only_begun_is_made_anew() throws Exception {
        Files.createFile(database);

        try (StoreUnderTest store = StoreUnderTest.in(folder)) {
            store.stored(event("a"));
        }
    }

    @Test
    void a_transaction_that_a_crash_broke_off_is_undone_first() throws Exception {
        breakOff();
        assertThat(folder.resolve("foldlog.db-journal")).isNotEmptyFile();
        assertThatExceptionOfType(SQLiteException.class)
                .as("a reader alone cannot undo it")
                .isThrownBy(this::readAlone)
                .satisfies(it -> assertThat(it.getResultCode()).isEqualTo(SQLiteErrorCode.SQLITE_READONLY_ROLLBACK));

        try (StoreUnderTest store = StoreUnderTest.in(folder)) {
            assertThat(store.store().head()).isEqualTo(Position.NONE);
            store.stored(event("a"));
        }
        assertThat(folder.resolve("foldlog.db-journal")).doesNotExist();
        assertThat(SqliteVerification.run(folder, StoreUnderTest.CODEC, new Deaf()))
                .allMatch(CheckOutcome::isPassed);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "PROCESS"})
    void the_writing_connection_has_the_settings_that_the_promises_rest_on(Durability durability) throws SQLException {
        try (Connection connection = Connections.writing(database, durability)) {
            Damage.Raw on = new Damage.Raw(connection);
            assertThat(on.number("PRAGMA synchronous")).isEqualTo(durability == Durability.DISK ? 2 : 1);
            assertThat(on.number("PRAGMA wal_autocheckpoint")).isZero();
            assertThat(on.number("PRAGMA page_size")).isEqualTo(4_096);
            assertThat(on.number("SELECT journal_mode = 'wal' FROM pragma_journal_mode"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_reading_connection_cannot_write() throws SQLException {
        StoreUnderTest.in(folder).close();

        try (Connection connection = Connections.looking(database)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new Damage.Raw(connection).run("DELETE FROM store"));
        }
    }

    @Test
    void versions_of_sqlite_are_compared_number_by_number() {
        assertThat(SqliteVersion.of("3.51.3")).isEqualTo(SqliteVersion.OLDEST);
        assertThat(SqliteVersion.of("3.100.0")).isGreaterThan(SqliteVersion.OLDEST);
        assertThat(SqliteVersion.of("3.51.10")).isGreaterThan(SqliteVersion.OLDEST);
        assertThat(SqliteVersion.of("3.9.99")).isLessThan(SqliteVersion.OLDEST);
        assertThat(SqliteVersion.of("4.0.0-beta")).isEqualTo(new SqliteVersion(4, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqliteVersion.of("3.51"))
                .withMessage("SQLite version: 3.51 (expected: such as 3.51.3)");
    }

    @Test
    void an_old_sqlite_is_refused() {
        SqliteVersion.OLDEST.requireSafe();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new SqliteVersion(3, 51, 2).requireSafe())
                .withMessage("SQLite: 3.51.2 (expected: 3.51.3 or newer)");
    }

    private void assertRefusedUntouched(String why) throws IOException {
        byte[] before = Files.readAllBytes(database);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StoreUnderTest.in(folder))
                .withMessageContaining(why)
                .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        DataFolder.hold(folder).close(); // nobody holds it any more
    }

    /** Leaves what a process leaves that ends while its first transaction, already partly in the file, is open. */
    private void breakOff() throws SQLException, IOException {
        Path making = folder.resolve("making.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + making);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = 10");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("CREATE TABLE store (store_id TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT");
            statement.execute("INSERT INTO store WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i < 5000) SELECT hex(randomblob(50)), i FROM n");
            Files.copy(making, database);
            Files.copy(folder.resolve("making.db-journal"), folder.resolve("foldlog.db-journal"));
            statement.execute("ROLLBACK");
        }
        assertThat(Files.size(database)).isGreaterThan(Connections.PAGE_BYTES);
    }

    private void readAlone() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + database)) {
            new Damage.Raw(connection).number("SELECT count(*) FROM sqlite_schema");
        }
    }

    private void raw(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            for (String sql : statements) {
                new Damage.Raw(connection).run(sql);
            }
        }
    }

    /** Hears nothing. */
    private static final class Deaf implements VerificationListener {
        @Override
        public void started(String check, long units) {}

        @Override
        public void progressed(long units) {}

        @Override
        public void finished(CheckOutcome outcome) {}
    }
}
