package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import dev.foldlog.store.sqlite.RangeCursor.Course;
import dev.foldlog.store.sqlite.RangeCursor.End;
import dev.foldlog.store.sqlite.RangeCursor.Range;
import dev.foldlog.store.sqlite.SliceCandidates.Slice;
import java.util.List;

/**
 * Reads the recent slice of a partition: only the slice is touched, however the partition's times run
 * ({@link SliceCandidates}). Positions of late events are sorted some at a time; the number taken at once
 * grows with their number, which keeps the sorting linear (at most {@link #PASSES} passes over them).
 *
 * <p>An open read keeps {@link #KEPT_MAX} positions at most, 128 KiB. A slice with too many late events for
 * that is read along the partition, from its first event on: it costs what the partition has from there.
 */
final class SinceReads {
    private static final int PASSES = 16;
    private static final int KEPT_MAX = 16_384;
    private static final long COUNTED_MAX = 500;
    private static final int COUNTED_BYTES_MAX = 1 << 20;

    private final Reading reading;
    private final EventCodec codec;
    private final StreamSinceRead read;
    private final int keptMax;

    SinceReads(Reading reading, EventCodec codec, StreamSinceRead read) {
        this(reading, codec, read, KEPT_MAX);
    }

    /** As it is, but with another number of positions kept. */
    SinceReads(Reading reading, EventCodec codec, StreamSinceRead read, int keptMax) {
        this.reading = reading;
        this.codec = codec;
        this.read = read;
        this.keptMax = keptMax;
    }

    StreamSlice open() {
        Slice slice = reading.read(
                connection -> Slice.of(connection, read.partitionKey(), read.asOf(), EpochNanos.clamped(read.since())));
        Position start = read.limit() == 0 ? Position.NONE : newestBeyondLimit(slice);
        return new StreamSlice(new Sequence(slice.last()), start.isAfter(Position.NONE), cursor(slice, start, true));
    }

    /** Position of the newest matching event that the limit cuts off, or none. */
    private Position newestBeyondLimit(Slice slice) {
        EventCursor backward = cursor(slice, Position.NONE, false);
        long left = read.limit();
        while (true) {
            EventPage page =
                    backward.next(new PageLimit((int) Math.min(left + 1, COUNTED_MAX), COUNTED_BYTES_MAX, false));
            List<RecordedEvent> events = page.events();
            if (events.size() > left) {
                return events.get(Math.toIntExact(left)).position();
            }
            left -= events.size();
            if (page.isLast()) {
                return Position.NONE;
            }
        }
    }

    private EventCursor cursor(Slice slice, Position at, boolean isForward) {
        if (slice.lateCount() > (long) PASSES * keptMax) {
            return alongPartition(slice, at, isForward);
        }
        return new CandidateCursor(
                reading,
                new CandidateCursor.Plan(
                        new SliceCandidates(slice, isForward),
                        FilterSql.condition(read.filter()),
                        PageFill.Match.of(read.filter(), codec),
                        isForward,
                        Math.toIntExact(Math.max(Cursors.CANDIDATES_MAX, slice.lateCount() / PASSES)),
                        read::asOf),
                at);
    }

    private EventCursor alongPartition(Slice slice, Position at, boolean isForward) {
        long floor = slice.first() - 1;
        End end = new End(slice.last(), read.asOf());
        Range range = new Range(
                EVENT.SEQUENCE,
                EVENT.PARTITION_ID.eq(slice.partitionId()).and(EVENT.TIMESTAMP.ge(slice.since())),
                FilterSql.condition(read.filter()),
                PageFill.Match.of(read.filter(), codec),
                true,
                isForward,
                new Course(_ -> end, Cursors.placesIn(read.partitionKey(), isForward), floor));
        long after = Math.max(
                floor,
                reading.read(connection -> new PartitionLookup(connection, slice.partitionId()).lastAsOf(at))
                        .value());
        return new RangeCursor(reading, range, isForward ? after : 0, Position.NONE);
    }
}
