package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.FailurePolicy;
import dev.foldlog.core.read.EventPage;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fold of one page of events: how far it came, and what it met. Confined to one thread. */
final class PageFold {
    private final FoldBatch batch;
    private final FailurePolicy policy;
    private final InstantSource clock;
    private Position reached = Position.NONE;
    private long skipped;
    private @Nullable FoldFailure lastSkipped;
    private @Nullable FoldFailure stopped;

    PageFold(FoldBatch batch, FailurePolicy policy, InstantSource clock) {
        this.batch = batch;
        this.policy = policy;
        this.clock = clock;
    }

    /** Folds the page's events, as far as the policy lets it. */
    void fold(EventPage page, Function<RecordedEvent, EventView> opening) {
        for (RecordedEvent event : page.events()) {
            EventView view = opening.apply(event);
            try {
                batch.apply(view);
            } catch (ApplyException e) {
                FoldFailure failure = new FoldFailure(
                        event.position(),
                        view.envelope().facts().eventId().text(),
                        String.valueOf(e.getMessage()),
                        clock.instant());
                if (policy == FailurePolicy.STOP) {
                    stopped = failure;
                    reached = new Position(event.position().value() - 1);
                    return;
                }
                skipped++;
                lastSkipped = failure;
            }
        }
        reached = page.scanned();
    }

    FoldBatch batch() {
        return batch;
    }

    /** Everything up to here is applied or skipped. */
    Position reached() {
        return reached;
    }

    long skipped() {
        return skipped;
    }

    @Nullable
    FoldFailure lastSkipped() {
        return lastSkipped;
    }

    /** The failure that stopped it, after {@link #reached}; null without one. */
    @Nullable
    FoldFailure stopped() {
        return stopped;
    }
}
