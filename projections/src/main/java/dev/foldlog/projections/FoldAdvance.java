package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.FailurePolicy;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.projection.ProjectionMode;
import dev.foldlog.core.projection.ProjectionTables;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import org.jspecify.annotations.Nullable;

/**
 * Folds one generation further, a page at a time: reads and folds beside the appends, then stores states and position
 * in one transaction, if the fold is still where it was. Confined to one thread at a time.
 */
final class FoldAdvance {
    private static final PageLimit PAGE = new PageLimit(2_000, 4L << 20, true);

    private final EngineParts parts;
    private final long generation;
    private final FoldDefinition definition;
    private final GuardedProjector projector;
    private StateCache cache = new StateCache();
    private @Nullable Position cachedAt;

    FoldAdvance(EngineParts parts, StoredFold fold) {
        this.parts = parts;
        this.generation = fold.generation();
        this.definition = parts.records().definition(fold.definition());
        this.projector = parts.projectors().orFailing(definition.definition().logic());
    }

    long generation() {
        return generation;
    }

    GuardedProjector projector() {
        return projector;
    }

    FoldDefinition definition() {
        return definition;
    }

    /** Folds a page of what is left up to a position; how the fold is afterwards, null when another has moved or stopped it. */
    @Nullable
    StoredFold page(String name, StoredFold fold, Position through) {
        if (!fold.position().equals(cachedAt)) {
            forget(); // another has moved the fold
            cachedAt = fold.position();
        }
        PageFold page = folded(fold, through);
        Position reached = page.reached().isAfter(fold.position()) ? page.reached() : fold.position();
        if (reached.equals(fold.position()) && page.stopped() == null) {
            return fold;
        }
        StoredFold after =
                fold.at(reached, fold.keyCount() + page.batch().keysAdded(), fold.skippedCount() + page.skipped());
        Step step = new Step(name, fold, after, page);
        boolean isStored = Waiting.on(parts.store().projections().change(tables -> store(tables, step)));
        if (!isStored) {
            return null;
        }
        cache.take(page.batch().changed());
        cachedAt = after.position();
        return after;
    }

    /** What was believed of the states need not be so any more. */
    void forget() {
        cache = new StateCache();
    }

    private PageFold folded(StoredFold fold, Position through) {
        ProjectionDefinition wanted = definition.definition();
        LogRead read = new LogRead(wanted.filter(), Direction.FORWARD, fold.position(), through);
        EventPage events = parts.store().readAll(read).next(PAGE);
        FailurePolicy policy = wanted.mode() == ProjectionMode.SYNC ? FailurePolicy.STOP : wanted.onFailure();
        FoldBatch batch = new FoldBatch(
                projector,
                key -> cache.state(key, it -> parts.store().projections().stateOf(generation, it)));
        PageFold page = new PageFold(batch, policy, parts.clock());
        page.fold(
                events.isLast() ? new EventPage(events.events(), through, true) : events,
                it -> EventView.of(it, parts.codec()));
        return page;
    }

    private boolean store(ProjectionTables tables, Step step) {
        PageFold page = step.page;
        StoredProjection stored = tables.projection(step.name).orElse(null);
        StoredFold current = tables.fold(generation).orElse(null);
        if (stored == null || current == null || !isPlace(stored, current, step.before)) {
            return false;
        }
        boolean isShadow = isShadow(stored);
        Life life = parts.records().life(stored.life());
        if (!isShadow && (life.isPaused() || life.failure() != null)) {
            return false; // what was asked to stand still does, though the page was read before
        }
        Life next = life(life, isShadow, page);
        tables.write(generation, page.batch().written(), page.batch().removed());
        tables.update(step.after);
        if (!next.equals(life)) {
            boolean isBuildOver = isShadow && page.stopped() != null;
            tables.put(
                    step.name,
                    parts.records().encode(next),
                    generationOf(stored.serving()),
                    isBuildOver ? 0 : generationOf(stored.shadow()));
        }
        return true;
    }

    /** Whether the fold is where the page began. */
    private boolean isPlace(StoredProjection stored, StoredFold current, StoredFold before) {
        boolean isNamed = generationOf(stored.serving()) == generation || isShadow(stored);
        return isNamed && !current.isJoined() && current.position().equals(before.position());
    }

    private boolean isShadow(StoredProjection stored) {
        return generationOf(stored.shadow()) == generation;
    }

    private Life life(Life life, boolean isShadow, PageFold page) {
        Life next = life.skipped(page.lastSkipped());
        FoldFailure stopped = page.stopped();
        Build build = next.build();
        if (isShadow && build != null) {
            Build further = build.at(page.reached(), page.batch().applied());
            next = next.with(
                    stopped == null ? further : further.failed(stopped),
                    parts.clock().instant());
        } else if (stopped != null) {
            next = next.failed(stopped, parts.clock().instant());
        }
        return next;
    }

    private static long generationOf(@Nullable StoredFold fold) {
        return fold == null ? 0 : fold.generation();
    }

    /** One page's way from one place to the next. */
    private record Step(String name, StoredFold before, StoredFold after, PageFold page) {}
}
