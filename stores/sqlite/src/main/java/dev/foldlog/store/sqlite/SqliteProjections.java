package dev.foldlog.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.AppendParticipant;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.projection.ProjectionChange;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.core.projection.StatesOfBoth;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.store.sqlite.WriteCommand.ChangeProjections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Projections in the store's database: read through readers, changed by the writer. Thread-safe. */
final class SqliteProjections implements ProjectionStore {
    private final Readers readers;
    private final Participants participants;
    private final Consumer<WriteCommand> writer;

    SqliteProjections(Readers readers, Participants participants, Consumer<WriteCommand> writer) {
        this.readers = readers;
        this.participants = participants;
        this.writer = writer;
    }

    @Override
    public void join(AppendParticipant participant) {
        participants.join(participant);
    }

    @Override
    public <T> CompletableFuture<T> change(ProjectionChange<T> change) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        writer.accept(new ChangeProjections<>(change, answer));
        return answer;
    }

    @Override
    public List<StoredProjection> projections() {
        return inSnapshot(connection -> ProjectionRows.all(Sql.on(connection)));
    }

    @Override
    public Optional<ProjectionView> projection(String name) {
        return view(name, (_, _) -> List.of());
    }

    @Override
    public Optional<ProjectionView> state(String name, String key) {
        return view(name, (connection, generation) -> {
            KeyState state = FoldStates.find(connection, generation, key);
            return state == null ? List.of() : List.of(state);
        });
    }

    @Override
    public Optional<ProjectionView> states(String name, String keyPrefix, String afterKey, int limit) {
        return view(name, (connection, generation) -> {
            boolean isAfterPrefix = Arrays.compareUnsigned(afterKey.getBytes(UTF_8), keyPrefix.getBytes(UTF_8)) >= 0;
            return FoldStates.from(connection, generation, isAfterPrefix ? afterKey : keyPrefix, limit + 1L).stream()
                    .filter(it -> !isAfterPrefix || !it.key().equals(afterKey))
                    .takeWhile(it -> it.key().startsWith(keyPrefix))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public @Nullable KeyState stateOf(long generation, String key) {
        return readers.read(connection -> Optional.ofNullable(FoldStates.find(connection, generation, key)))
                .orElse(null);
    }

    @Override
    public StatesOfBoth statesOfBoth(long one, long other, String afterKey, int limit) {
        return inSnapshot(connection ->
                new StatesOfBoth(after(connection, one, afterKey, limit), after(connection, other, afterKey, limit)));
    }

    private static List<KeyState> after(Connection connection, long generation, String key, int limit)
            throws SQLException {
        return FoldStates.from(connection, generation, key, limit + 1L).stream()
                .filter(it -> !it.key().equals(key))
                .limit(limit)
                .toList();
    }

    private Optional<ProjectionView> view(String name, States states) {
        return inSnapshot(connection -> {
            StoredProjection found =
                    ProjectionRows.find(Sql.on(connection), name).orElse(null);
            if (found == null) {
                return Optional.empty();
            }
            StoredFold serving = found.serving();
            return Optional.of(new ProjectionView(
                    found,
                    new Position(Sql.number(connection, WriterSession.LAST_POSITION, 0)),
                    serving == null ? List.of() : states.of(connection, serving.generation())));
        });
    }

    /** A few questions to one snapshot, which is gone when they are answered. */
    private <T> T inSnapshot(Reading.Query<T> query) {
        return readers.read(connection -> {
            connection.setAutoCommit(false);
            try {
                return query.on(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** Chooses states of the serving fold. */
    private interface States {
        List<KeyState> of(Connection connection, long generation) throws SQLException;
    }

    /** Who takes part in appends. Thread-safe. */
    static final class Participants implements AppendParticipant {
        private volatile AppendParticipant joined = AppendParticipant.NONE;

        void join(AppendParticipant participant) {
            joined = requireNonNull(participant, "participant");
        }

        @Override
        public Participation begin(ProjectionTables tables) {
            return joined.begin(tables);
        }
    }
}
