package dev.foldlog.projections;

import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.EventProjector;
import dev.foldlog.core.projection.KeyState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What some events change in the states of one fold, held in memory and written once. An event that fails has
 * changed nothing. Confined to one thread.
 */
final class FoldBatch {
    private final GuardedProjector projector;
    private final States before;
    private final Map<String, Optional<KeyState>> changed = new HashMap<>();
    private long keysAdded;
    private long applied;

    FoldBatch(GuardedProjector projector, States before) {
        this.projector = projector;
        this.before = before;
    }

    /**
     * Applies an event, if it counts.
     *
     * @throws ApplyException when it cannot be applied
     */
    void apply(EventView event) {
        if (!projector.applies(event)) {
            return;
        }
        List<String> keys = projector.keys(event);
        List<@Nullable String> next = new ArrayList<>(keys.size());
        for (String key : keys) {
            KeyState current = state(key);
            next.add(projector.apply(event, current == null ? EventProjector.EMPTY : current.json()));
        }
        Stamp stamp = event.envelope().stamp();
        for (int i = 0; i < keys.size(); i++) {
            set(keys.get(i), next.get(i), stamp);
        }
        applied++;
    }

    /** The state under a key, after the events so far. */
    @Nullable
    KeyState state(String key) {
        Optional<KeyState> own = changed.get(key);
        return own == null ? before.of(key) : own.orElse(null);
    }

    /** Takes over what a batch on top of this one changes. */
    void take(FoldBatch later) {
        changed.putAll(later.changed);
        keysAdded += later.keysAdded;
        applied += later.applied;
    }

    /** Keys and their states; empty: the key has none any more. */
    Map<String, Optional<KeyState>> changed() {
        return changed;
    }

    Collection<KeyState> written() {
        return changed.values().stream().flatMap(Optional::stream).toList();
    }

    Collection<String> removed() {
        return changed.entrySet().stream()
                .filter(it -> it.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Keys that have a state now and had none, less those the other way round. */
    long keysAdded() {
        return keysAdded;
    }

    /** Events that counted. */
    long applied() {
        return applied;
    }

    private void set(String key, @Nullable String json, Stamp stamp) {
        KeyState current = state(key);
        if (json == null) {
            if (current != null) {
                changed.put(key, Optional.empty());
                keysAdded--;
            }
        } else if (current == null || !current.json().equals(json)) {
            changed.put(key, Optional.of(new KeyState(key, json, stamp.position(), stamp.recordedAt())));
            keysAdded += current == null ? 1 : 0;
        }
    }

    /** The states that a batch starts from. */
    @FunctionalInterface
    interface States {
        @Nullable
        KeyState of(String key);
    }
}
