package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.ProjectionMode;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.core.store.CorruptionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one projection needs done beside the appends: its async fold, and its builds. A page at a time, on the engine's
 * threads, and never twice at once. What it knows it reads from the store each time, so a crash or a lost wake-up costs
 * nothing but time.
 *
 * <p>A build: a shadow fold catches up with the log; a sync one joins the appends, in the transaction that folds the last
 * events before it. A shadow in step with the fold that serves is compared with it, and takes its place in one
 * transaction.
 */
final class FoldWorker {
    private static final Logger LOG = LoggerFactory.getLogger(FoldWorker.class);

    /** A fault of the store is waited out. */
    private static final Duration FAULT_PAUSE = Duration.ofMillis(500);

    private final String name;
    private final EngineParts parts;
    private final BuildSteps builds;
    private final Surroundings surroundings;
    private final AtomicInteger wakes = new AtomicInteger();
    private final Map<Long, FoldAdvance> advances = new HashMap<>();
    private boolean isFaulty;

    FoldWorker(String name, EngineParts parts, BuildSteps builds, Surroundings surroundings) {
        this.name = name;
        this.parts = parts;
        this.builds = builds;
        this.surroundings = surroundings;
    }

    /** There may be something to do. Thread-safe. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            parts.threads().execute(this::run);
        }
    }

    private void run() {
        int seen = wakes.get();
        boolean hasMore;
        try {
            hasMore = step();
            isFaulty = false;
        } catch (Throwable e) { // an Error too: left with its wakes counted, it would never run again
            waitOut(e);
            return;
        }
        if (!surroundings.isClosed() && (hasMore || !wakes.compareAndSet(seen, 0))) {
            parts.threads().execute(this::run);
        }
    }

    private void waitOut(Throwable fault) {
        if (surroundings.isClosed()) {
            return;
        }
        if (!isFaulty) {
            LOG.warn("projection {}: held up; said once until it goes on", name, fault);
        }
        isFaulty = true;
        advances.clear();
        parts.delays().after(FAULT_PAUSE, () -> parts.threads().execute(this::run));
    }

    /** Does a page of what there is to do; whether there is more. */
    private boolean step() {
        ProjectionView view = parts.store().projections().projection(name).orElse(null);
        if (view == null || surroundings.isClosed()) {
            surroundings.gone(name, this);
            return false;
        }
        StoredProjection stored = view.projection();
        Life life = parts.records().life(stored.life());
        advances.keySet().removeIf(it -> !isNamed(stored, it));
        boolean hasMore = false;
        StoredFold serving = stored.serving();
        if (serving != null && isServed(life, serving)) {
            hasMore = hasMore(advance(serving, view.head()), view.head());
        }
        if (stored.shadow() != null) {
            hasMore |= build(stored, life, view.head());
        }
        surroundings.moved(name);
        return hasMore;
    }

    /** Whether its serving fold is this worker's to move. */
    private static boolean isServed(Life life, StoredFold serving) {
        return !serving.isJoined() && !life.isPaused() && life.failure() == null;
    }

    private boolean hasMore(@Nullable StoredFold fold, Position head) {
        return fold == null || (head.isAfter(fold.position()) && !isStopped());
    }

    private boolean isStopped() {
        return parts.store()
                .projections()
                .projection(name)
                .map(it -> parts.records().life(it.projection().life()))
                .map(it -> it.isPaused() || it.failure() != null)
                .orElse(true);
    }

    private boolean build(StoredProjection stored, Life life, Position head) {
        StoredFold shadow = stored.shadow();
        if (shadow == null) {
            return false;
        }
        if (shadow.isJoined()) {
            return builds.finish(stored);
        }
        FoldAdvance advance = advances.computeIfAbsent(shadow.generation(), _ -> new FoldAdvance(parts, shadow));
        StoredFold reached = advance.page(name, shadow, head);
        if (reached == null) {
            advances.remove(shadow.generation());
            return true;
        }
        boolean isSync = advance.definition().definition().mode() == ProjectionMode.SYNC;
        long left = parts.store().head().value() - reached.position().value();
        if (isSync && left <= BuildSteps.LEFT_MAX) {
            return builds.join(name, advance);
        }
        return isSync || head.isAfter(reached.position()) || finish(life, reached);
    }

    /** An async shadow that has caught up: brings the serving fold to the same place, compares, swaps. */
    private boolean finish(Life life, StoredFold shadow) {
        ProjectionView view = parts.store().projections().projection(name).orElse(null);
        if (view == null) {
            return false;
        }
        StoredFold serving = view.projection().serving();
        if (serving != null && isServed(life, serving)) {
            if (!serving.position().equals(shadow.position())) {
                advance(serving, shadow.position());
                return true;
            }
        }
        return builds.finish(view.projection());
    }

    private @Nullable StoredFold advance(StoredFold fold, Position through) {
        if (!through.isAfter(fold.position())) {
            return fold;
        }
        FoldAdvance advance = advances.computeIfAbsent(fold.generation(), _ -> new FoldAdvance(parts, fold));
        StoredFold reached;
        try {
            reached = advance.page(name, fold, through);
        } catch (CorruptionException e) {
            LOG.error("projection {}: the event at {} cannot be read", name, e.position());
            throw e;
        }
        if (reached == null) {
            advances.remove(fold.generation());
        }
        return reached;
    }

    private static boolean isNamed(StoredProjection stored, long generation) {
        StoredFold serving = stored.serving();
        StoredFold shadow = stored.shadow();
        return (serving != null && serving.generation() == generation)
                || (shadow != null && shadow.generation() == generation);
    }

    /** The engine around it. */
    interface Surroundings {
        boolean isClosed();

        /** The projection got somewhere. */
        void moved(String name);

        /** There is no such projection any more. */
        void gone(String name, FoldWorker worker);
    }
}
