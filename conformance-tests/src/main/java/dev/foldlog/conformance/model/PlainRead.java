package dev.foldlog.conformance.model;

import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * A read, and what it must deliver, evaluated event by event.
 *
 * @param after position or sequence to start after (backward: before), 0: from the respective end
 * @param limit 0: none
 * @param asOf 0: the head
 */
public record PlainRead(EventFilter filter, Direction direction, long after, long limit, long asOf) {
    /** Any read over this log. */
    public static PlainRead any(Random random, List<RecordedEvent> log, List<EventFilter> filters) {
        return new PlainRead(
                random.nextBoolean() ? EventFilter.getDefaultInstance() : filters.get(random.nextInt(filters.size())),
                random.nextBoolean() ? Direction.DIRECTION_FORWARD : Direction.DIRECTION_BACKWARD,
                random.nextInt(3) == 0 ? 0 : log.get(random.nextInt(log.size())).getPosition(),
                random.nextBoolean() ? 0 : random.nextInt(40),
                random.nextBoolean() ? 0 : log.get(random.nextInt(log.size())).getPosition());
    }

    /** The same read after another place. */
    public PlainRead withAfter(long other) {
        return new PlainRead(filter, direction, other, limit, asOf);
    }

    /** What it delivers of this log, oldest first; {@code place} is what {@code after} is about. */
    public List<RecordedEvent> of(List<RecordedEvent> log, ToLongFunction<RecordedEvent> place) {
        boolean isForward = direction == Direction.DIRECTION_FORWARD;
        return (isForward ? log : log.reversed())
                .stream()
                        .filter(it -> asOf == 0 || it.getPosition() <= asOf)
                        .filter(it -> after == 0
                                || (isForward ? place.applyAsLong(it) > after : place.applyAsLong(it) < after))
                        .filter(it -> FilterMeaning.matches(filter, it))
                        .limit(limit == 0 ? Long.MAX_VALUE : limit)
                        .toList();
    }
}
