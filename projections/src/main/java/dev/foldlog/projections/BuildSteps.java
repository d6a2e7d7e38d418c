package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.FailurePolicy;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The steps at the end of a build, each one transaction. Thread-safe. */
final class BuildSteps {
    /** So many events are left to the writer when it is asked to let a fold join. */
    static final int LEFT_MAX = 256;

    /** So many it folds, for some come while it is asked. */
    private static final int FOLDED_MAX = 2_048;

    private static final PageLimit PAGE = new PageLimit(500, 4L << 20, true);

    private final EngineParts parts;
    private final JoinedFolds joined;
    private final BooleanSupplier isClosed;
    private final Runnable sweeping;

    BuildSteps(EngineParts parts, JoinedFolds joined, BooleanSupplier isClosed, Runnable sweeping) {
        this.parts = parts;
        this.joined = joined;
        this.isClosed = isClosed;
        this.sweeping = sweeping;
    }

    /** Lets a shadow take part in appends; whether there is more to do. */
    boolean join(String name, FoldAdvance advance) {
        advance.forget();
        return Waiting.on(parts.store().projections().change(tables -> join(tables, name, advance)));
    }

    /** Compares a shadow with what serves, if anything does, and lets it take its place; whether there is more to do. */
    boolean finish(StoredProjection stored) {
        StoredFold shadow = stored.shadow();
        StoredFold serving = stored.serving();
        if (shadow == null) {
            return false;
        }
        StateDiff diff = serving == null
                ? new StateDiff(shadow.keyCount(), 0, 0, java.util.List.of())
                : StateComparison.of(parts.store().projections(), serving.generation(), shadow.generation(), isClosed);
        if (diff == null) {
            return false;
        }
        boolean isSwapped = Waiting.on(
                parts.store().projections().change(tables -> swap(tables, stored.name(), shadow.generation(), diff)));
        sweeping.run();
        return !isSwapped;
    }

    private boolean join(ProjectionTables tables, String name, FoldAdvance advance) {
        StoredProjection stored = tables.projection(name).orElse(null);
        StoredFold shadow = stored == null ? null : stored.shadow();
        if (stored == null || shadow == null || shadow.generation() != advance.generation() || shadow.isJoined()) {
            return true;
        }
        Position head = tables.head();
        if (head.value() - shadow.position().value() > FOLDED_MAX) {
            return true;
        }
        FoldBatch batch = new FoldBatch(advance.projector(), key -> tables.state(advance.generation(), key));
        PageFold rest = new PageFold(batch, FailurePolicy.STOP, parts.clock());
        fold(tables, advance, new Range(shadow.position(), head), rest);
        tables.write(advance.generation(), batch.written(), batch.removed());
        Life life = parts.records().life(stored.life());
        Build build = life.build();
        FoldFailure failure = rest.stopped();
        if (failure != null) {
            end(tables, stored, life.with(build == null ? null : build.failed(failure), now()));
            return false;
        }
        tables.update(shadow.at(head, shadow.keyCount() + batch.keysAdded(), shadow.skippedCount())
                .joined());
        Life further = life.with(build == null ? null : build.at(head, batch.applied()), now());
        tables.put(name, parts.records().encode(further), generationOf(stored.serving()), shadow.generation());
        joined.changed();
        return stored.serving() != null || swap(tables, name, shadow.generation(), added(tables, shadow));
    }

    private static StateDiff added(ProjectionTables tables, StoredFold shadow) {
        long keys = tables.fold(shadow.generation()).map(StoredFold::keyCount).orElse(0L);
        return new StateDiff(keys, 0, 0, java.util.List.of());
    }

    private void fold(ProjectionTables tables, FoldAdvance advance, Range range, PageFold rest) {
        EventCursor cursor = tables.readAll(
                new LogRead(advance.definition().definition().filter(), Direction.FORWARD, range.after, range.through));
        boolean isLast = !range.through.isAfter(range.after);
        while (!isLast && rest.stopped() == null) {
            EventPage page = cursor.next(PAGE);
            rest.fold(page, it -> EventView.of(it, parts.codec()));
            isLast = page.isLast();
        }
    }

    /** Lets the shadow take the place of what serves; false when there is no such shadow any more. */
    private boolean swap(ProjectionTables tables, String name, long generation, StateDiff diff) {
        StoredProjection stored = tables.projection(name).orElse(null);
        if (stored == null || generationOf(stored.shadow()) != generation || stored.shadow() == null) {
            return false;
        }
        Life life = parts.records().life(stored.life());
        Build build = life.build();
        boolean isValidateOnly = build != null && build.isValidateOnly();
        Life done = life.with(build == null ? null : build.done(diff, now()), now());
        if (isValidateOnly) {
            end(tables, stored, done);
        } else {
            FoldDefinition served = parts.records().definition(stored.shadow().definition());
            tables.put(name, parts.records().encode(done.failed(null, now()).with(served)), generation, 0);
        }
        joined.changed();
        return true;
    }

    private void end(ProjectionTables tables, StoredProjection stored, Life life) {
        tables.put(stored.name(), parts.records().encode(life), generationOf(stored.serving()), 0);
        joined.changed();
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private static long generationOf(@Nullable StoredFold fold) {
        return fold == null ? 0 : fold.generation();
    }

    /** Events after one position and up to another. */
    private record Range(Position after, Position through) {}
}
