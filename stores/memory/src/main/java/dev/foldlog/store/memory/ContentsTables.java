package dev.foldlog.store.memory;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.LogRead;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contents as a transaction's tables. For the holder of the store's lock only. */
final class ContentsTables implements ProjectionTables {
    private final LockedContents locked;
    private final Contents contents;
    private final ProjectionContents projections;

    ContentsTables(LockedContents locked, Contents contents) {
        this.locked = locked;
        this.contents = contents;
        this.projections = contents.projections();
    }

    @Override
    public Position head() {
        return contents.last();
    }

    @Override
    public EventCursor readAll(LogRead read) {
        return Scan.across(locked, read);
    }

    @Override
    public Optional<StoredProjection> projection(String name) {
        return Optional.ofNullable(projections.find(name));
    }

    @Override
    public List<StoredProjection> projections() {
        return projections.all();
    }

    @Override
    public void put(String name, byte[] life, long serving, long shadow) {
        projections.put(name, new ProjectionContents.Row(life, serving, shadow));
    }

    @Override
    public void delete(String name) {
        projections.delete(name);
    }

    @Override
    public StoredFold newFold(byte[] definition, Position after) {
        StoredFold made = new StoredFold(projections.nextGeneration(), definition, false, after, 0, 0);
        projections.put(made);
        return made;
    }

    @Override
    public Optional<StoredFold> fold(long generation) {
        return Optional.ofNullable(projections.fold(generation));
    }

    @Override
    public void update(StoredFold fold) {
        projections.put(fold);
    }

    @Override
    public @Nullable KeyState state(long generation, String key) {
        return projections.states(generation).get(key);
    }

    @Override
    public void write(long generation, Collection<KeyState> states, Collection<String> removedKeys) {
        projections.write(generation, states, removedKeys);
    }

    @Override
    public boolean sweep(int statesMax) {
        return projections.sweep();
    }
}
