package dev.foldlog.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.foldlog.core.event.Position;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** A store put together as {@link StoreOpening} does, but with every connection recorded, the readers' too. */
final class RecordedStore implements AutoCloseable {
    final RecordingConnections recording = new RecordingConnections();
    private final Path database;
    private final SqliteEventStore store;

    private RecordedStore(SqliteSettings settings) throws SQLException {
        DataFolder folder = DataFolder.hold(settings.folder());
        this.database = folder.database();
        try (Connection connection = Connections.writing(database, settings.durability())) {
            Migrations.run(connection);
        }
        Writer.Sessions sessions = () -> WriterSession.open(
                recording.recording(Connections.writing(database, settings.durability())), StoreUnderTest.CODEC);
        StoreState state = new StoreState(Position.NONE);
        WriteQueue queue = new WriteQueue(settings.queueAppendsMax(), settings.queueBytesMax());
        SqliteProjections.Participants participants = new SqliteProjections.Participants();
        WalMover mover = new WalMover(
                () -> Connections.writing(database, settings.durability()), new SqliteFaults(), state::failed);
        Writer writer = new Writer(
                queue,
                sessions.open(),
                new Writer.Surroundings(sessions, new TestClock(), new SqliteFaults(), state, mover, participants));
        this.store = new SqliteEventStore(
                settings,
                StoreUnderTest.CODEC,
                new StoreParts(
                        new UUID(0, 1),
                        folder,
                        state,
                        new Readers(pool(), state::isServing),
                        queue,
                        participants,
                        Thread.ofPlatform().name("recorded-writer").start(writer),
                        Thread.ofPlatform().name("recorded-checkpoints").start(mover),
                        Executors.newSingleThreadExecutor()));
    }

    static RecordedStore in(Path folder) throws SQLException {
        return new RecordedStore(SqliteSettings.of(folder));
    }

    SqliteEventStore store() {
        return store;
    }

    Path database() {
        return database;
    }

    @Override
    public void close() {
        store.close();
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setReadOnly(true);
        config.setMaximumPoolSize(2);
        config.setDataSource((DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return recording.recording(Connections.looking(database));
                    }
                    return method.getReturnType() == int.class ? 5 : null; // the login timeout, in seconds
                }));
        return new HikariDataSource(config);
    }
}
