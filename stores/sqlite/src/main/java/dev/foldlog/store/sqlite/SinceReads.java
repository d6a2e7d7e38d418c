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
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Reads the recent slice of a partition by the index on (partition, timestamp), which holds positions too:
 * only the slice is touched, however the partition's times run. The index is in time order, so positions
 * are sorted some at a time; the number taken at once grows with the slice, which keeps the sorting linear
 * (at most {@link #PASSES} passes over the slice).
 *
 * <p>An open read keeps {@link #KEPT_MAX} positions at most, 128 KiB. A slice that is too large for that is
 * read along the partition, from its first event on: it costs what the partition has from there.
 */
final class SinceReads {
    private static final int PASSES = 16;
    private static final int KEPT_MAX = 16_384;
    private static final PageLimit COUNTED = new PageLimit(500, 1 << 20, false);

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
        Sequence last = reading.read(connection ->
                PartitionLookup.of(connection, read.partitionKey()).lastAsOf(read.asOf()));
        long slice = reading.read(connection ->
                Sql.number(connection, Sql.DIALECT.selectCount().from(EVENT).where(inSlice()), 0));
        Position start = read.limit() == 0 || slice <= read.limit() ? Position.NONE : newestBeyondLimit(slice);
        return new StreamSlice(last, start.isAfter(Position.NONE), cursor(slice, start, true));
    }

    /** Position of the newest matching event that the limit cuts off, or none. */
    private Position newestBeyondLimit(long slice) {
        if (!FilterSql.needsLookInside(read.filter())) {
            Select<?> newest = Sql.DIALECT
                    .select(EVENT.POSITION)
                    .from(EVENT)
                    .where(inSlice())
                    .and(FilterSql.condition(read.filter()))
                    .orderBy(EVENT.POSITION.desc())
                    .limit(DSL.inline(1))
                    .offset(read.limit());
            return new Position(reading.read(connection -> Sql.number(connection, newest, 0)));
        }
        EventCursor backward = cursor(slice, Position.NONE, false);
        long left = read.limit();
        EventPage page = backward.next(COUNTED);
        while (true) {
            List<RecordedEvent> events = page.events();
            if (events.size() > left) {
                return events.get(Math.toIntExact(left)).position();
            }
            left -= events.size();
            if (page.isLast()) {
                return Position.NONE;
            }
            page = backward.next(COUNTED);
        }
    }

    private EventCursor cursor(long slice, Position at, boolean isForward) {
        return slice > (long) PASSES * keptMax ? alongPartition(at, isForward) : byTime(slice, at, isForward);
    }

    private EventCursor alongPartition(Position at, boolean isForward) {
        Select<?> oldest =
                Sql.DIALECT.select(DSL.min(EVENT.POSITION)).from(EVENT).where(inSlice());
        return reading.read(connection -> {
            PartitionLookup partition = PartitionLookup.of(connection, read.partitionKey());
            Position first = new Position(Sql.number(connection, oldest, 1));
            long floor = partition.lastAsOf(first).value() - 1;
            End end = new End(partition.lastAsOf(read.asOf()).value(), read.asOf());
            Range range = new Range(
                    EVENT.SEQUENCE,
                    // Kept from choosing the index: the read walks along sequences.
                    EVENT.PARTITION_ID
                            .eq(PartitionLookup.idOf(read.partitionKey()))
                            .and(DSL.field("+{0}", Long.class, EVENT.TIMESTAMP).ge(EpochNanos.clamped(read.since()))),
                    FilterSql.condition(read.filter()),
                    PageFill.Match.of(read.filter(), codec),
                    true,
                    isForward,
                    new Course(_ -> end, Cursors.placesIn(read.partitionKey(), isForward), floor));
            long after = Math.max(floor, partition.lastAsOf(at).value());
            return new RangeCursor(reading, range, isForward ? after : 0, Position.NONE);
        });
    }

    private EventCursor byTime(long slice, Position at, boolean isForward) {
        Select<?> positions = Sql.DIALECT
                .select(EVENT.POSITION)
                .from(EVENT)
                .where(inSlice())
                .and(EVENT.POSITION.gt(PageQuery.LOW))
                .and(EVENT.POSITION.le(PageQuery.HIGH))
                .orderBy(isForward ? EVENT.POSITION.asc() : EVENT.POSITION.desc())
                .limit(PageQuery.ROWS);
        int candidatesMax = Math.toIntExact(Math.max(Cursors.CANDIDATES_MAX, slice / PASSES));
        return new CandidateCursor(
                reading,
                new CandidateCursor.Plan(
                        positions,
                        FilterSql.condition(read.filter()),
                        PageFill.Match.of(read.filter(), codec),
                        isForward,
                        candidatesMax,
                        read::asOf),
                at);
    }

    private Condition inSlice() {
        return EVENT.PARTITION_ID
                .eq(PartitionLookup.idOf(read.partitionKey()))
                .and(EVENT.TIMESTAMP.ge(EpochNanos.clamped(read.since())))
                .and(EVENT.POSITION.le(read.asOf().value()));
    }
}
