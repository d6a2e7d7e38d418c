package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.STORE;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Opens a store: the folder, the database, the readers, the writer, in this order. The store's composition root. */
final class StoreOpening {
    private static final int CONDITION_THREADS = 2;

    private StoreOpening() {}

    static SqliteEventStore open(SqliteSettings settings, EventCodec codec, Ground ground) {
        DataFolder folder = DataFolder.hold(settings.folder());
        try {
            return open(settings, codec, folder, ground);
        } catch (SQLException | DataAccessException | PoolInitializationException e) {
            folder.close();
            throw new StoreException(
                    ErrorCode.UNAVAILABLE,
                    "database: " + folder.database() + " cannot be opened: " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteEventStore open(SqliteSettings settings, EventCodec codec, DataFolder folder, Ground ground)
            throws SQLException {
        UUID storeId = prepare(settings, folder, ground);
        Writer.Sessions sessions =
                () -> WriterSession.open(ground.connector.writing(folder.database(), settings.durability()), codec);
        WriterSession first = sessions.open();
        StoreState state = new StoreState(first.last());
        Readers readers = readers(settings, folder, state, first);
        WriteQueue queue = new WriteQueue(settings.queueAppendsMax(), settings.queueBytesMax());
        SqliteProjections.Participants participants = new SqliteProjections.Participants();
        WalMover mover = new WalMover(
                () -> ground.connector.writing(folder.database(), settings.durability()), ground.faults, state::failed);
        Writer writer = new Writer(
                queue,
                first,
                new Writer.Surroundings(sessions, ground.clock, ground.faults, state, mover, participants));
        Thread moving = Thread.ofPlatform().name("foldlog-checkpoints").start(mover);
        Thread thread = Thread.ofPlatform().name("foldlog-writer").start(writer);
        return new SqliteEventStore(
                settings,
                codec,
                new StoreParts(
                        storeId,
                        folder,
                        state,
                        readers,
                        queue,
                        participants,
                        thread,
                        moving,
                        conditionReaders(settings)));
    }

    private static Readers readers(SqliteSettings settings, DataFolder folder, StoreState state, WriterSession opened)
            throws SQLException {
        try {
            return new Readers(Connections.reading(folder.database(), settings.readersMax()), state::isServing);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Migrates the database and gives a new one its identity. */
    private static UUID prepare(SqliteSettings settings, DataFolder folder, Ground ground) throws SQLException {
        if (Files.exists(folder.database())) {
            try (Connection connection = Connections.looking(folder.database())) {
                Migrations.requireAcceptable(connection);
            }
        }
        try (Connection connection = ground.connector.writing(folder.database(), settings.durability())) {
            Migrations.run(connection);
            DSLContext sql = Sql.on(connection);
            return sql.select(STORE.STORE_ID)
                    .from(STORE)
                    .fetchOptional(STORE.STORE_ID)
                    .map(UUID::fromString)
                    .orElseGet(() -> identify(sql, ground.clock));
        }
    }

    private static UUID identify(DSLContext sql, InstantSource clock) {
        UUID made = UUID.randomUUID();
        sql.insertInto(STORE)
                .columns(STORE.STORE_ID, STORE.CREATED_AT)
                .values(made.toString(), EpochNanos.of(clock.instant()))
                .execute();
        return made;
    }

    private static ExecutorService conditionReaders(SqliteSettings settings) {
        return new ThreadPoolExecutor(
                CONDITION_THREADS,
                CONDITION_THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queueAppendsMax()),
                Thread.ofPlatform().name("foldlog-conditions-", 0).factory());
    }

    /** What a store stands on, which tests take away from under it. */
    record Ground(InstantSource clock, FaultResponse faults, Connector connector) {}

    /** Makes the writing connections. */
    interface Connector {
        Connection writing(Path database, Durability durability) throws SQLException;
    }
}
