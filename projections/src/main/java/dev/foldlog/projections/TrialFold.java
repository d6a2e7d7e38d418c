package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A fold that nobody keeps: to try a definition. Confined to one thread. */
public final class TrialFold {
    private static final int FAILURES_MAX = 100;

    private final EngineParts parts;
    private final ProjectionDefinition definition;
    private final FoldBatch batch;
    private final List<FoldFailure> failures = new ArrayList<>();

    TrialFold(EngineParts parts, ProjectionDefinition definition) {
        this.parts = parts;
        this.definition = definition;
        this.batch = new FoldBatch(parts.projectors().of(definition.logic()), _ -> null);
    }

    /** Folds the newest stored events that match the filter, at most so many, in their order. Blocks on the store. */
    public void foldNewest(int eventsMax) {
        EventCursor cursor = parts.store()
                .readAll(new LogRead(
                        definition.filter(),
                        Direction.BACKWARD,
                        Position.NONE,
                        parts.store().head()));
        Deque<RecordedEvent> newest = new ArrayDeque<>();
        boolean isLast = false;
        while (!isLast && newest.size() < eventsMax) {
            EventPage page = cursor.next(new PageLimit(eventsMax - newest.size(), 4L << 20, true));
            page.events().forEach(newest::addFirst);
            isLast = page.isLast();
        }
        fold(newest);
    }

    /** Folds events, those that match the filter. */
    public void fold(Iterable<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            EventView view = EventView.of(event, parts.codec());
            if (definition
                            .filter()
                            .mayMatch(view.envelope().facts(), view.envelope().timestamp())
                    && event.position().isAfter(definition.startAfter())) {
                fold(view);
            }
        }
    }

    /** The states in bytewise key order. */
    public List<KeyState> states() {
        return batch.written().stream()
                .sorted(Comparator.comparing(KeyState::key, StateComparison::compare))
                .toList();
    }

    /** Events that counted. */
    public long applied() {
        return batch.applied();
    }

    public List<FoldFailure> failures() {
        return failures;
    }

    private void fold(EventView event) {
        try {
            batch.apply(event);
        } catch (ApplyException e) {
            if (failures.size() < FAILURES_MAX) {
                failures.add(new FoldFailure(
                        event.envelope().stamp().position(),
                        event.envelope().facts().eventId().text(),
                        String.valueOf(e.getMessage()),
                        parts.clock().instant()));
            }
        }
    }
}
