package dev.foldlog.store.memory;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.PageLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A read along entries in their order, some at a time, each time under the lock. For one caller at a time. */
final class Scan implements EventCursor {
    /** Entries that one page looks at, so that it comes back soon whatever the filter. */
    static final int LOOKED_AT_MAX = 4_096;

    private final LockedContents contents;
    private final Function<Contents, Range> ranges;
    private final EventFilter filter;
    private final Start start;

    /** Forward: so many entries are done. Backward: at most so many are left. */
    private long at;

    /**
     * @param ranges what is read, each time anew: a tail's grows
     */
    Scan(LockedContents contents, Function<Contents, Range> ranges, EventFilter filter, Start start) {
        this.contents = contents;
        this.ranges = ranges;
        this.filter = filter;
        this.start = start;
        this.at = start.isForward() ? start.after() : start.after() == 0 ? Long.MAX_VALUE : start.after() - 1;
    }

    /**
     * What is read.
     *
     * @param entries the entries, in their order
     * @param end the position at which it ends: all is looked at up to here when there are no more entries
     */
    record Range(List<Entry> entries, Position end) {}

    /**
     * Where it starts: after so many entries (backward: before the one of this number; 0, or beyond the
     * end: from the end).
     */
    record Start(Direction direction, long after) {
        boolean isForward() {
            return direction == Direction.FORWARD;
        }
    }

    @Override
    public EventPage next(PageLimit limit) {
        return contents.with(it -> start.isForward()
                ? forward(ranges.apply(it), new Fill(limit))
                : backward(ranges.apply(it), new Fill(limit)));
    }

    private EventPage forward(Range range, Fill fill) {
        long left = range.entries.size() - at;
        for (long i = Math.min(left, LOOKED_AT_MAX); i > 0 && fill.takes(range.entries.get((int) at)); i--) {
            at++;
        }
        boolean isLast = at >= range.entries.size();
        Position scanned = isLast
                ? new Position(Math.max(range.end.value(), start.after()))
                : range.entries.get((int) at - 1).position();
        return new EventPage(fill.events, scanned, isLast, fill.failures);
    }

    private EventPage backward(Range range, Fill fill) {
        at = Math.min(at, range.entries.size());
        for (long i = Math.min(at, LOOKED_AT_MAX); i > 0 && fill.takes(range.entries.get((int) at - 1)); i--) {
            at--;
        }
        boolean isLast = at == 0;
        Position scanned = isLast
                ? new Position(Math.min(1, range.end.value()))
                : range.entries.get((int) at).position();
        return new EventPage(fill.events, scanned, isLast, fill.failures);
    }

    /** A page while it is filled. */
    private final class Fill {
        private final PageLimit limit;
        private final List<RecordedEvent> events = new ArrayList<>();
        private long bytes;
        private long failures;

        Fill(PageLimit limit) {
            this.limit = limit;
        }

        /** Looks at an entry and takes it if it matches; false when it is for the next page. */
        boolean takes(Entry entry) {
            if (events.size() >= limit.eventsMax()) {
                return false;
            }
            try {
                return switch (entry.match(filter)) {
                    case MATCHES -> fits(entry);
                    case DIFFERS -> true;
                    case FAILS -> {
                        failures++;
                        yield true;
                    }
                };
            } catch (EvaluationException e) {
                if (events.isEmpty()) {
                    throw e;
                }
                return false;
            }
        }

        private boolean fits(Entry entry) {
            RecordedEvent event = limit.withPayloads()
                    ? entry.event()
                    : RecordedEvent.withoutPayload(
                            entry.position(), entry.event().envelope());
            if (!events.isEmpty() && bytes + event.sizeBytes() > limit.bytesMax()) {
                return false;
            }
            events.add(event);
            bytes += event.sizeBytes();
            return true;
        }
    }
}
