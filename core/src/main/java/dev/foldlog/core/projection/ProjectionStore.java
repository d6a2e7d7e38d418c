package dev.foldlog.core.projection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where projections are kept: in the same store as the events, changed in the same transactions. Thread-safe. */
public interface ProjectionStore {
    /**
     * Lets a participant take part in every append from now on, in place of the one before. To be called before the
     * first append of a process.
     */
    void join(AppendParticipant participant);

    /** Makes a change in the order of appends, under the same promises; see {@code EventAppender.append}. */
    <T> CompletableFuture<T> change(ProjectionChange<T> change);

    /** All projections in bytewise name order. May block on the disk, as all reads may. */
    List<StoredProjection> projections();

    Optional<ProjectionView> projection(String name);

    /** The projection with the state under one key, where there is one. */
    Optional<ProjectionView> state(String name, String key);

    /** The projection with states in bytewise key order, those with the prefix and after the given key. */
    Optional<ProjectionView> states(String name, String keyPrefix, String afterKey, int limit);

    /** The state of a fold under a key. */
    @Nullable
    KeyState stateOf(long generation, String key);

    /** States of two folds in bytewise key order, after the given key, at most so many of each. */
    StatesOfBoth statesOfBoth(long one, long other, String afterKey, int limit);
}
