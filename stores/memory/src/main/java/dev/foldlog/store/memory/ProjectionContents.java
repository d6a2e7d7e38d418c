package dev.foldlog.store.memory;

import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Projections, folds and states, in plain collections. For the holder of the store's lock only. */
final class ProjectionContents {
    private final NavigableMap<String, Row> rows = new TreeMap<>(Contents.BYTEWISE);
    private final Map<Long, StoredFold> folds = new HashMap<>();
    private final Map<Long, NavigableMap<String, KeyState>> states = new HashMap<>();
    private long lastGeneration;

    List<StoredProjection> all() {
        return rows.entrySet().stream()
                .map(it -> stored(it.getKey(), it.getValue()))
                .toList();
    }

    @Nullable
    StoredProjection find(String name) {
        Row row = rows.get(name);
        return row == null ? null : stored(name, row);
    }

    void put(String name, Row row) {
        rows.put(name, row);
    }

    void delete(String name) {
        rows.remove(name);
    }

    long nextGeneration() {
        return ++lastGeneration;
    }

    @Nullable
    StoredFold fold(long generation) {
        return folds.get(generation);
    }

    void put(StoredFold fold) {
        folds.put(fold.generation(), fold);
        states.computeIfAbsent(fold.generation(), _ -> new TreeMap<>(Contents.BYTEWISE));
    }

    /** The states of a fold by their keys, in bytewise order; none when there is no such fold. */
    NavigableMap<String, KeyState> states(long generation) {
        NavigableMap<String, KeyState> known = states.get(generation);
        return known == null ? new TreeMap<>() : known;
    }

    void write(long generation, Collection<KeyState> written, Collection<String> removedKeys) {
        NavigableMap<String, KeyState> held = states(generation);
        removedKeys.forEach(held::remove);
        written.forEach(it -> held.put(it.key(), it));
    }

    /** Drops the folds that no projection names; false when there are none. */
    boolean sweep() {
        boolean isChanged = folds.keySet().removeIf(this::isAbandoned);
        states.keySet().removeIf(this::isAbandoned);
        return isChanged;
    }

    private boolean isAbandoned(long generation) {
        return rows.values().stream().noneMatch(it -> it.serving == generation || it.shadow == generation);
    }

    private StoredProjection stored(String name, Row row) {
        return new StoredProjection(name, row.life, folds.get(row.serving), folds.get(row.shadow));
    }

    /** A projection; a generation 0 stands for no fold. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] life, long serving, long shadow) {}
}
