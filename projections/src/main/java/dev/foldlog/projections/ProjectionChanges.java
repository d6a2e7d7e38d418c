package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.projection.ProjectionMode;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.projections.RefusedException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What callers change of projections, each in one transaction; a refusal has changed nothing. Thread-safe. */
final class ProjectionChanges {
    static final int PROJECTIONS_MAX = 100;
    static final int SYNC_MAX = 20;
    private static final String START = "projection.start_after_position";

    private final EngineParts parts;
    private final JoinedFolds joined;

    ProjectionChanges(EngineParts parts, JoinedFolds joined) {
        this.parts = parts;
        this.joined = joined;
    }

    CompletableFuture<Position> create(ProjectionDefinition definition) {
        return change(tables -> {
            StoredProjection known = tables.projection(definition.name()).orElse(null);
            if (known != null) {
                return life(known).definition().definition().equals(definition)
                        ? null
                        : new Refusal(
                                Reason.EXISTS,
                                "name: " + definition.name() + " (expected: one that is free, or the same definition)");
            }
            Refusal refusal = ahead(definition, tables.head());
            if (refusal == null) {
                refusal = tooMany(tables.projections(), definition.mode());
            }
            if (refusal == null) {
                FoldDefinition first = new FoldDefinition(definition, 1);
                Build build = Build.start(first, false, tables.head(), now());
                build(tables, first, Life.begin(first, build, now()), 0);
            }
            return refusal;
        });
    }

    CompletableFuture<Position> update(ProjectionDefinition definition, long expectedRevision) {
        return changeOf(definition.name(), (tables, stored) -> {
            Life life = life(stored);
            FoldDefinition current = life.definition();
            if (expectedRevision != 0 && expectedRevision != current.revision()) {
                return new Refusal(
                        Reason.REVISION,
                        "expected_revision: " + expectedRevision + " (expected: " + current.revision() + ')');
            }
            if (definition.mode() != current.definition().mode()) {
                return new Refusal(
                        Reason.INVALID_STATE,
                        "mode: changed (expected: the one that it was made with; make another projection)");
            }
            if (stored.shadow() != null) {
                return underWay();
            }
            Refusal ahead = ahead(definition, tables.head());
            if (ahead != null) {
                return ahead;
            }
            Build last = life.build();
            long revision = Math.max(current.revision(), last == null ? 0 : last.revision()) + 1;
            FoldDefinition next = new FoldDefinition(definition, revision);
            Life begun = life.with(Build.start(next, false, tables.head(), now()), now());
            build(tables, next, stored.serving() == null ? begun.with(next) : begun, generationOf(stored.serving()));
            return null;
        });
    }

    CompletableFuture<Position> rebuild(String name, boolean isValidateOnly) {
        return changeOf(name, (tables, stored) -> {
            if (stored.shadow() != null) {
                return underWay();
            }
            if (isValidateOnly && stored.serving() == null) {
                return new Refusal(
                        Reason.INVALID_STATE, "validate_only: nothing serves (expected: a state to compare with)");
            }
            Life life = life(stored);
            Build build = Build.start(life.definition(), isValidateOnly, tables.head(), now());
            build(tables, life.definition(), life.with(build, now()), generationOf(stored.serving()));
            return null;
        });
    }

    CompletableFuture<Position> pause(String name, boolean isPaused) {
        return changeOf(name, (tables, stored) -> {
            Life life = life(stored);
            if (life.definition().definition().mode() == ProjectionMode.SYNC) {
                return new Refusal(Reason.INVALID_STATE, "name: " + name + " is sync (expected: an async projection)");
            }
            if (stored.serving() == null) {
                return new Refusal(Reason.INVALID_STATE, "name: " + name + " is not built yet (expected: built)");
            }
            Life next = life.paused(isPaused, now());
            tables.put(
                    name, parts.records().encode(next), generationOf(stored.serving()), generationOf(stored.shadow()));
            return null;
        });
    }

    CompletableFuture<Position> delete(String name) {
        return changeOf(name, (tables, _) -> {
            tables.delete(name);
            joined.changed();
            return null;
        });
    }

    private void build(ProjectionTables tables, FoldDefinition definition, Life life, long serving) {
        StoredFold shadow = tables.newFold(
                parts.records().encode(definition), definition.definition().startAfter());
        tables.put(definition.definition().name(), parts.records().encode(life), serving, shadow.generation());
    }

    /** A fold that began past the head would have applied events that are not there yet. */
    private static @Nullable Refusal ahead(ProjectionDefinition definition, Position head) {
        Position after = definition.startAfter();
        return after.isAfter(head)
                ? new Refusal(
                        Reason.POSITION_AHEAD,
                        START + ": " + after + " (expected: at most the head, " + head + ')',
                        List.of("field", START, "position", after, "head_position", head))
                : null;
    }

    private @Nullable Refusal tooMany(List<StoredProjection> projections, ProjectionMode mode) {
        if (projections.size() >= PROJECTIONS_MAX) {
            return new Refusal(
                    Reason.TOO_MANY, "projections: " + projections.size() + " (expected: < " + PROJECTIONS_MAX + ')');
        }
        long sync = projections.stream()
                .filter(it -> life(it).definition().definition().mode() == ProjectionMode.SYNC)
                .count();
        return mode == ProjectionMode.SYNC && sync >= SYNC_MAX
                ? new Refusal(Reason.TOO_MANY, "sync projections: " + sync + " (expected: < " + SYNC_MAX + ')')
                : null;
    }

    private static Refusal underWay() {
        return new Refusal(Reason.INVALID_STATE, "a build is under way (expected: none)");
    }

    private CompletableFuture<Position> changeOf(String name, Change change) {
        return change(tables -> {
            StoredProjection stored = tables.projection(name).orElse(null);
            return stored == null
                    ? new Refusal(Reason.UNKNOWN, "name: " + name + " (expected: a projection that exists)")
                    : change.make(tables, stored);
        });
    }

    private CompletableFuture<Position> change(Function<ProjectionTables, @Nullable Refusal> change) {
        return parts.store()
                .projections()
                .change(tables -> new Outcome(Optional.ofNullable(change.apply(tables)), tables.head()))
                .thenApply(it -> {
                    if (it.refusal.isPresent()) {
                        throw it.refusal.get().exception();
                    }
                    return it.head;
                });
    }

    private Life life(StoredProjection stored) {
        return parts.records().life(stored.life());
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private static long generationOf(@Nullable StoredFold fold) {
        return fold == null ? 0 : fold.generation();
    }

    private interface Change {
        @Nullable
        Refusal make(ProjectionTables tables, StoredProjection stored);
    }

    private record Outcome(Optional<Refusal> refusal, Position head) {}

    private record Refusal(Reason reason, String message, List<Object> facts) {
        Refusal(Reason reason, String message) {
            this(reason, message, List.of());
        }

        RefusedException exception() {
            return new RefusedException(reason, message, facts.toArray());
        }
    }
}
