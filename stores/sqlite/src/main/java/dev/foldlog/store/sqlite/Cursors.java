package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.store.sqlite.RangeCursor.Course;
import dev.foldlog.store.sqlite.RangeCursor.End;
import dev.foldlog.store.sqlite.RangeCursor.Places;
import dev.foldlog.store.sqlite.RangeCursor.Range;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Chooses how a read finds its events: by tag, along one partition, by kind, or along the log. */
final class Cursors {
    /** Positions that a cursor takes from an index at a time. */
    static final int CANDIDATES_MAX = 1_024;

    private Cursors() {}

    static EventCursor log(Reading reading, EventCodec codec, LogRead read) {
        boolean isForward = read.direction() == Direction.FORWARD;
        return across(reading, new Across(codec, read.filter(), isForward, read::asOf), read.after());
    }

    static EventCursor tail(Reading reading, Across tail, Position after) {
        return across(reading, tail, after);
    }

    static EventCursor stream(Reading reading, EventCodec codec, StreamRead read, Sequence last) {
        boolean isForward = read.direction() == Direction.FORWARD;
        long after = read.after().value();
        // Backward from beyond the end is from the end.
        long at = !isForward && after > last.value() ? 0 : after;
        Range range = new Range(
                EVENT.SEQUENCE,
                EVENT.PARTITION_ID.eq(PartitionLookup.idOf(read.partitionKey())),
                FilterSql.condition(read.filter()),
                PageFill.Match.of(read.filter(), codec),
                !read.filter().isAll(),
                isForward,
                new Course(
                        connection -> new End(last.value(), read.asOf()), placesIn(read.partitionKey(), isForward), 0));
        return new RangeCursor(reading, range, at, Position.NONE);
    }

    private static EventCursor across(Reading reading, Across read, Position after) {
        EventFilter filter = read.filter;
        // Backward from beyond the end is from the end.
        Position at = !read.isForward && after.isAfter(read.end.get()) ? Position.NONE : after;
        if (!filter.tags().isEmpty()) {
            return tagged(reading, read, List.of(filter), at);
        }
        if (!filter.anyOf().isEmpty()
                && filter.anyOf().stream().noneMatch(it -> it.tags().isEmpty())) {
            return tagged(reading, read, filter.anyOf(), at);
        }
        if (filter.partitionKeys().size() == 1) {
            return partition(reading, read, filter.partitionKeys().iterator().next(), at);
        }
        if (FilterSql.choosesKinds(filter)) {
            return candidates(reading, read, new KindCandidates(filter, read.isForward), at);
        }
        Range range = new Range(
                EVENT.POSITION,
                DSL.noCondition(),
                FilterSql.condition(filter),
                PageFill.Match.of(filter, read.codec),
                !filter.isAll(),
                read.isForward,
                new Course(connection -> endAt(read.end.get()), (connection, position) -> new Position(position), 0));
        return new RangeCursor(reading, range, at.value(), at);
    }

    /** One look at the head for both: asked twice, it could move in between, past what the key bounds. */
    private static End endAt(Position end) {
        return new End(end.value(), end);
    }

    /** Along the sequences of one partition, in a read that speaks of positions. */
    private static EventCursor partition(Reading reading, Across read, String partitionKey, Position at) {
        Range range = new Range(
                EVENT.SEQUENCE,
                EVENT.PARTITION_ID.eq(PartitionLookup.idOf(partitionKey)),
                FilterSql.condition(read.filter),
                PageFill.Match.of(read.filter, read.codec),
                true,
                read.isForward,
                new Course(
                        connection -> {
                            Position end = read.end.get();
                            PartitionLookup partition = PartitionLookup.of(connection, partitionKey);
                            return new End(partition.lastAsOf(end).value(), end);
                        },
                        placesIn(partitionKey, read.isForward),
                        0));
        long sequence = reading.read(connection -> {
            PartitionLookup partition = PartitionLookup.of(connection, partitionKey);
            if (read.isForward || at.equals(Position.NONE)) {
                return partition.lastAsOf(at).value();
            }
            return partition.lastAsOf(new Position(at.value() - 1)).value() + 1;
        });
        return new RangeCursor(reading, range, sequence, at);
    }

    static Places placesIn(String partitionKey, boolean isForward) {
        return (connection, sequence) ->
                PartitionLookup.of(connection, partitionKey).lookedAt(new Sequence(sequence), isForward);
    }

    /** By the index of tags: the rarest tag of each alternative brings the candidates, the filter does the rest. */
    private static EventCursor tagged(Reading reading, Across read, List<EventFilter> alternatives, Position at) {
        TagDriver driver = TagDriver.between(reading, read.isForward ? at : Position.NONE, last(read, at));
        SelectOrderByStep<Record1<Long>> positions = null;
        for (EventFilter alternative : alternatives) {
            Select<Record1<Long>> one = TagDriver.positionsOf(driver.rarest(alternative.tags()));
            positions = positions == null ? (SelectOrderByStep<Record1<Long>>) one : positions.union(one);
        }
        Select<?> ordered = ordered(positions, read.isForward);
        return candidates(reading, read, Candidates.selectedBy(new PageQuery(ordered)), at);
    }

    private static EventCursor candidates(Reading reading, Across read, Candidates candidates, Position at) {
        return new CandidateCursor(
                reading,
                new CandidateCursor.Plan(
                        candidates,
                        FilterSql.condition(read.filter),
                        PageFill.Match.of(read.filter, read.codec),
                        read.isForward,
                        CANDIDATES_MAX,
                        read.end),
                at);
    }

    /** The last position that the read can come to as of now. */
    private static Position last(Across read, Position at) {
        return read.isForward || at.equals(Position.NONE) ? read.end.get() : at;
    }

    private static Select<?> ordered(@Nullable SelectOrderByStep<Record1<Long>> positions, boolean isForward) {
        if (positions == null) {
            throw new IllegalArgumentException("alternatives: none (expected: at least one)");
        }
        return positions.orderBy(isForward ? DSL.one().asc() : DSL.one().desc()).limit(PageQuery.ROWS);
    }

    /**
     * A read across partitions.
     *
     * @param end the last position, each time anew: a tail's moves
     */
    record Across(EventCodec codec, EventFilter filter, boolean isForward, Supplier<Position> end) {}
}
