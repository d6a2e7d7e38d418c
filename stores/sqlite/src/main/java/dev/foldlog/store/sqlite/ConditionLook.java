package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.EventReader;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A reader's look at the conditions of one append, before the writer takes it. One that is stored already has
 * none: its ids are its answer. Else it looks first at the whole log, each
 * condition by its own way; then again at what came meanwhile, all conditions at once, until little is left
 * for the writer or it has been tried {@link #ROUNDS_MAX} times. It may take long and holds nobody up; it
 * ends within a page once nobody wants it any more. Confined to one thread.
 */
final class ConditionLook {
    /** So many events are left to the writer. */
    static final int LEFT_MAX = 256;

    static final int ROUNDS_MAX = 8;

    /** So many where expressions are evaluated, which takes the writer longer. */
    static final int LEFT_TO_EVALUATE_MAX = 32;

    private static final PageLimit MANY = new PageLimit(500, 1 << 20, false);
    private static final PageLimit MANY_WHOLE = new PageLimit(500, 1 << 20, true);

    private final EventReader reader;
    private final EventCodec codec;
    private final BooleanSupplier isUnwanted;

    ConditionLook(EventReader reader, EventCodec codec, BooleanSupplier isUnwanted) {
        this.reader = reader;
        this.codec = codec;
        this.isUnwanted = isUnwanted;
    }

    /** What it found; empty when nobody wants it any more. */
    Optional<ConditionFindings> look(Append append) {
        if (isStored(append.events())) {
            // Ids come before conditions: the writer answers by them, whatever the conditions are.
            return Optional.of(ConditionFindings.NONE);
        }
        try {
            return Optional.of(findings(new OpenConditions(append.preconditions(), ConditionFindings.NONE)));
        } catch (Unwanted e) {
            return Optional.empty();
        }
    }

    /** Whether an append with these events is a repeat, or clashes with what is stored: the first id tells enough. */
    private boolean isStored(List<NewEvent> events) {
        return events.stream()
                .filter(event -> event.idOrigin() != IdOrigin.SERVER)
                .findFirst()
                .flatMap(event -> reader.event(event.facts().eventId()))
                .isPresent();
    }

    private ConditionFindings findings(OpenConditions open) {
        Position through = reader.head();
        open.lookUp(through, this::read);
        for (int round = 1; round < ROUNDS_MAX; round++) {
            Position head = reader.head();
            if (head.value() - through.value() <= (open.haveExpression() ? LEFT_TO_EVALUATE_MAX : LEFT_MAX)) {
                break;
            }
            meet(open, new LogRead(EventFilter.ALL, Direction.FORWARD, through, head));
            through = head;
        }
        return new ConditionFindings(through, open.firstMatches());
    }

    private void meet(OpenConditions open, LogRead since) {
        EventCursor cursor = read(since);
        PageLimit many = open.haveExpression() ? MANY_WHOLE : MANY;
        boolean isLast = false;
        while (!isLast && !open.isEmpty()) {
            EventPage page = cursor.next(many);
            for (RecordedEvent event : page.events()) {
                open.meet(EventView.of(event, codec));
            }
            isLast = page.isLast();
        }
    }

    private EventCursor read(LogRead read) {
        EventCursor cursor = reader.readAll(read);
        return limit -> {
            if (isUnwanted.getAsBoolean()) {
                throw new Unwanted();
            }
            return cursor.next(limit);
        };
    }

    /** Nobody waits for the findings. */
    private static final class Unwanted extends RuntimeException {
        Unwanted() {
            super("nobody waits for it", null, false, false);
        }
    }
}
