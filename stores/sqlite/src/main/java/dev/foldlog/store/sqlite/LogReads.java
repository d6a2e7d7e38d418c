package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.PARTITION;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.store.PartitionState;
import dev.foldlog.store.sqlite.PartitionLookup.Place;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Single look-ups: an event, a partition, a place in time. Thread-safe. */
final class LogReads {
    static final Select<?> AT_OR_AFTER = Sql.DIALECT
            .select(EVENT.POSITION, EVENT.ENVELOPE)
            .from(EVENT)
            .where(EVENT.POSITION.ge(DSL.param("position", Long.class)))
            .orderBy(EVENT.POSITION)
            .limit(DSL.inline(1));

    private final Reading reading;
    private final EventCodec codec;

    LogReads(Reading reading, EventCodec codec) {
        this.reading = reading;
        this.codec = codec;
    }

    Optional<RecordedEvent> event(EventId id, Position head) {
        return reading.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WriterSession.EVENT_BY_ID.getSQL())) {
                IdColumn.bind(statement, 1, id);
                return Optional.ofNullable(event(statement))
                        .filter(it -> !it.position().isAfter(head));
            }
        });
    }

    /** The last position whose event was recorded before the time: times never go back along positions. */
    Position before(Instant time, Position head) {
        return reading.read(connection -> {
            long low = 0;
            long high = head.value();
            try (PreparedStatement statement = connection.prepareStatement(AT_OR_AFTER.getSQL())) {
                while (low < high) {
                    long middle = low + (high - low + 1) / 2;
                    Instant recorded = recordedAtOrAfter(statement, middle);
                    if (recorded != null && recorded.isBefore(time)) {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
            }
            return new Position(low);
        });
    }

    PartitionState partition(String partitionKey, Position head) {
        return reading.read(
                connection -> state(connection, PartitionLookup.of(connection, partitionKey), partitionKey, head));
    }

    List<PartitionState> partitions(String prefix, String afterKey, int limit, Position head) {
        Select<?> names = Sql.DIALECT
                .select(PARTITION.PARTITION_ID, PARTITION.NAME)
                .from(PARTITION)
                .where(firstName(prefix, afterKey))
                .orderBy(PARTITION.NAME);
        return reading.read(connection -> {
            List<PartitionState> states = new ArrayList<>();
            try (PreparedStatement statement = Sql.prepare(connection, names);
                    ResultSet row = statement.executeQuery()) {
                while (states.size() < limit && row.next() && row.getString(2).startsWith(prefix)) {
                    PartitionState state =
                            state(connection, new PartitionLookup(connection, row.getLong(1)), row.getString(2), head);
                    if (state.last().value() > 0) {
                        states.add(state);
                    }
                }
            }
            return states;
        });
    }

    /** One bound, since SQLite would walk up to the higher of two. It compares names as bytes of UTF-8. */
    private static Condition firstName(String prefix, String afterKey) {
        boolean isAmongPrefixed = Arrays.compareUnsigned(
                        afterKey.getBytes(StandardCharsets.UTF_8), prefix.getBytes(StandardCharsets.UTF_8))
                >= 0;
        return isAmongPrefixed ? PARTITION.NAME.gt(afterKey) : PARTITION.NAME.ge(prefix);
    }

    private PartitionState state(Connection connection, PartitionLookup partition, String key, Position head)
            throws SQLException {
        Place newest = partition.placeAsOf(head);
        if (newest == null) {
            return PartitionState.empty(key);
        }
        try (PreparedStatement statement = connection.prepareStatement(AT_OR_AFTER.getSQL())) {
            return new PartitionState(
                    key,
                    partition.oldest(),
                    new Sequence(newest.sequence()),
                    new Position(newest.position()),
                    recordedAtOrAfter(statement, newest.position()));
        }
    }

    private @Nullable Instant recordedAtOrAfter(PreparedStatement statement, long position) throws SQLException {
        statement.setLong(1, position);
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? codec.open(EnvelopeBlob.open(row.getLong(1), row.getBytes(2), null)
                                    .envelope())
                            .stamp()
                            .recordedAt()
                    : null;
        }
    }

    private static @Nullable RecordedEvent event(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? EnvelopeBlob.openWhole(row.getLong(1), row.getBytes(2), row.getBytes(3)) : null;
        }
    }
}
