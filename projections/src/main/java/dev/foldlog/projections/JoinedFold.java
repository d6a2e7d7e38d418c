package dev.foldlog.projections;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.read.EventFilter;
import org.jspecify.annotations.Nullable;

/** One fold that takes part in appends. Confined to the thread of the store's transactions. */
final class JoinedFold {
    private final String projection;
    private final Position startAfter;
    private final EventFilter filter;
    private final GuardedProjector projector;
    private final boolean isShadow;
    private final StateCache cache = new StateCache();
    private StoredFold fold;
    private @Nullable FoldBatch pending;
    private @Nullable FoldFailure failure;

    JoinedFold(
            String projection,
            StoredFold fold,
            FoldDefinition definition,
            GuardedProjector projector,
            boolean isShadow) {
        this.projection = projection;
        this.fold = fold;
        this.startAfter = definition.definition().startAfter();
        this.filter = definition.definition().filter();
        this.projector = projector;
        this.isShadow = isShadow;
    }

    String projection() {
        return projection;
    }

    StoredFold fold() {
        return fold;
    }

    boolean isShadow() {
        return isShadow;
    }

    @Nullable
    FoldFailure failure() {
        return failure;
    }

    /** A batch on top of what is pending. */
    FoldBatch batch(ProjectionTables tables) {
        return new FoldBatch(projector, key -> pending(tables).state(key));
    }

    /** Applies an event to a batch, if it is for this fold. A fold that failed applies nothing any more. */
    void apply(EventView event, FoldBatch batch) {
        Envelope envelope = event.envelope();
        if (failure == null
                && envelope.stamp().position().isAfter(startAfter)
                && filter.mayMatch(envelope.facts(), envelope.timestamp())) {
            batch.apply(event);
        }
    }

    void take(FoldBatch batch) {
        if (pending != null) {
            pending.take(batch);
        }
    }

    void fail(FoldFailure why) {
        failure = why;
        pending = null;
    }

    /** Writes what is pending. */
    void flush(ProjectionTables tables) {
        FoldBatch batch = pending;
        pending = null;
        if (batch == null || batch.changed().isEmpty() || failure != null) {
            return;
        }
        tables.write(fold.generation(), batch.written(), batch.removed());
        cache.take(batch.changed());
        if (batch.keysAdded() != 0) {
            fold = fold.at(fold.position(), fold.keyCount() + batch.keysAdded(), fold.skippedCount());
            tables.update(fold);
        }
    }

    private FoldBatch pending(ProjectionTables tables) {
        FoldBatch known = pending;
        if (known == null) {
            known = new FoldBatch(projector, key -> cache.state(key, it -> tables.state(fold.generation(), it)));
            pending = known;
        }
        return known;
    }
}
