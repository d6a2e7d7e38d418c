package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.store.sqlite.schema.tables.records.ProjectionRecord;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The projections as the writer's open transaction sees them. Confined to the writer's thread. */
final class SessionTables implements ProjectionTables {
    private final WriterSession session;
    private final FoldStates states;

    SessionTables(WriterSession session, FoldStates states) {
        this.session = session;
        this.states = states;
    }

    @Override
    public Position head() {
        return session.last();
    }

    @Override
    public EventCursor readAll(LogRead read) {
        try {
            session.flush();
        } catch (SQLException e) {
            throw failed(e);
        }
        return session.readAll(read);
    }

    @Override
    public Optional<StoredProjection> projection(String name) {
        return ProjectionRows.find(session.sql(), name);
    }

    @Override
    public List<StoredProjection> projections() {
        return ProjectionRows.all(session.sql());
    }

    @Override
    public void put(String name, byte[] life, long serving, long shadow) {
        ProjectionRows.put(session.sql(), new ProjectionRecord(name, life, serving, shadow));
        session.changed();
    }

    @Override
    public void delete(String name) {
        ProjectionRows.delete(session.sql(), name);
        session.changed();
    }

    @Override
    public StoredFold newFold(byte[] definition, Position after) {
        session.changed();
        return ProjectionRows.newFold(session.sql(), definition, after);
    }

    @Override
    public Optional<StoredFold> fold(long generation) {
        return Optional.ofNullable(ProjectionRows.fold(session.sql(), generation));
    }

    @Override
    public void update(StoredFold fold) {
        ProjectionRows.update(session.sql(), fold);
        session.changed();
    }

    @Override
    public @Nullable KeyState state(long generation, String key) {
        try {
            return states.find(generation, key);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void write(long generation, Collection<KeyState> written, Collection<String> removedKeys) {
        try {
            states.write(generation, written, removedKeys);
        } catch (SQLException e) {
            throw failed(e);
        }
        session.changed();
    }

    @Override
    public boolean sweep(int statesMax) {
        boolean isChanged = ProjectionRows.sweep(session.sql(), statesMax);
        if (isChanged) {
            session.changed();
        }
        return isChanged;
    }

    private static DataAccessException failed(SQLException cause) {
        return new DataAccessException("projections, through the writer's connection", cause);
    }
}
