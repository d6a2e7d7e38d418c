package dev.foldlog.store.memory;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.projection.AppendParticipant;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.projection.ProjectionChange;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.core.projection.StatesOfBoth;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Projections under the store's lock. Thread-safe. */
final class MemoryProjections implements ProjectionStore {
    private final LockedContents contents;
    private final Changes changes;
    private volatile AppendParticipant participant = AppendParticipant.NONE;

    MemoryProjections(LockedContents contents, Changes changes) {
        this.contents = contents;
        this.changes = changes;
    }

    /** Does something in which the participant takes part, to be called with the lock held. */
    <T> T takePart(Contents held, Function<Participation, T> task) {
        Participation part = participant.begin(new ContentsTables(contents, held));
        T done = task.apply(part);
        part.flush();
        part.committed();
        return done;
    }

    @Override
    public void join(AppendParticipant joining) {
        participant = requireNonNull(joining, "joining");
    }

    @Override
    public <T> CompletableFuture<T> change(ProjectionChange<T> change) {
        return changes.change(it -> takePart(it, _ -> change.make(new ContentsTables(contents, it))));
    }

    @Override
    public List<StoredProjection> projections() {
        return contents.with(it -> it.projections().all());
    }

    @Override
    public Optional<ProjectionView> projection(String name) {
        return view(name, (_, _) -> List.of());
    }

    @Override
    public Optional<ProjectionView> state(String name, String key) {
        return view(name, (it, serving) -> {
            KeyState state = it.states(serving.generation()).get(key);
            return state == null ? List.of() : List.of(state);
        });
    }

    @Override
    public Optional<ProjectionView> states(String name, String keyPrefix, String afterKey, int limit) {
        return view(name, (it, serving) -> {
            boolean isAmongPrefixed = Contents.BYTEWISE.compare(afterKey, keyPrefix) >= 0;
            return it
                    .states(serving.generation())
                    .tailMap(isAmongPrefixed ? afterKey : keyPrefix, !isAmongPrefixed)
                    .values()
                    .stream()
                    .takeWhile(state -> state.key().startsWith(keyPrefix))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public @Nullable KeyState stateOf(long generation, String key) {
        return contents.with(it ->
                        Optional.ofNullable(it.projections().states(generation).get(key)))
                .orElse(null);
    }

    @Override
    public StatesOfBoth statesOfBoth(long one, long other, String afterKey, int limit) {
        return contents.with(it -> new StatesOfBoth(
                after(it.projections().states(one), afterKey, limit),
                after(it.projections().states(other), afterKey, limit)));
    }

    private static List<KeyState> after(NavigableMap<String, KeyState> states, String key, int limit) {
        return states.tailMap(key, false).values().stream().limit(limit).toList();
    }

    private Optional<ProjectionView> view(String name, States states) {
        return contents.with(it -> {
            StoredProjection found = it.projections().find(name);
            if (found == null) {
                return Optional.empty();
            }
            StoredFold serving = found.serving();
            return Optional.of(new ProjectionView(
                    found, it.last(), serving == null ? List.of() : states.of(it.projections(), serving)));
        });
    }

    /** Chooses states of the serving fold. */
    private interface States {
        List<KeyState> of(ProjectionContents projections, StoredFold serving);
    }

    /** Changes the contents, as the store does it. */
    interface Changes {
        <T> CompletableFuture<T> change(Function<Contents, T> change);
    }
}
