package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.EVENT_TAG;
import static org.jooq.impl.DSL.param;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Stamp;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.Insert;

/** Writes events, in batches of JDBC. Confined to the writer's thread, and to one connection. */
final class EventRows {
    static final Insert<?> INSERT_EVENT = Sql.DIALECT
            .insertInto(EVENT)
            .columns(
                    EVENT.POSITION,
                    EVENT.EVENT_ID,
                    EVENT.PARTITION_ID,
                    EVENT.SEQUENCE,
                    EVENT.KIND_ID,
                    EVENT.PRODUCER_ID,
                    EVENT.TIMESTAMP,
                    EVENT.TIME_BEFORE,
                    EVENT.ENVELOPE,
                    EVENT.PAYLOAD)
            .values(
                    slot(EVENT.POSITION),
                    slot(EVENT.EVENT_ID),
                    slot(EVENT.PARTITION_ID),
                    slot(EVENT.SEQUENCE),
                    slot(EVENT.KIND_ID),
                    slot(EVENT.PRODUCER_ID),
                    slot(EVENT.TIMESTAMP),
                    slot(EVENT.TIME_BEFORE),
                    slot(EVENT.ENVELOPE),
                    slot(EVENT.PAYLOAD));

    private static final Insert<?> INSERT_TAG = Sql.DIALECT
            .insertInto(EVENT_TAG)
            .columns(EVENT_TAG.TAG_ID, EVENT_TAG.POSITION)
            .values(slot(EVENT_TAG.TAG_ID), slot(EVENT_TAG.POSITION));

    private final Dictionaries dictionaries;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertTag;
    private boolean hasEvents;
    private boolean hasTags;

    EventRows(Connection connection, Dictionaries dictionaries) throws SQLException {
        this.dictionaries = dictionaries;
        this.insertEvent = connection.prepareStatement(INSERT_EVENT.getSQL());
        this.insertTag = connection.prepareStatement(INSERT_TAG.getSQL());
    }

    /**
     * Adds an event to the batch; {@code envelope} is sealed with the stamp.
     *
     * @param before the end of its partition without it
     */
    void add(NewEvent event, Stamp stamp, byte[] envelope, PartitionHeads.Head before) throws SQLException {
        EventFacts facts = event.facts();
        long position = stamp.position().value();
        long timestamp = timestamp(event, stamp);
        insertEvent.setLong(1, position);
        IdColumn.bind(insertEvent, 2, facts.eventId());
        insertEvent.setLong(3, dictionaries.partitions.idOf(facts.partitionKey()));
        insertEvent.setLong(4, stamp.sequence().value());
        insertEvent.setLong(5, dictionaries.kinds.idOf(Kind.of(facts, event.payloadForm())));
        insertEvent.setLong(6, dictionaries.producers.idOf(facts.producer()));
        insertEvent.setLong(7, timestamp);
        if (before.isLate(timestamp)) {
            insertEvent.setLong(8, before.timeMax());
        } else {
            insertEvent.setNull(8, Types.INTEGER);
        }
        insertEvent.setBytes(9, EnvelopeBlob.seal(position, envelope, event.payload()));
        bindPayload(event);
        insertEvent.addBatch();
        hasEvents = true;
        for (String tag : facts.tags()) {
            insertTag.setLong(1, dictionaries.tags.idOf(tag));
            insertTag.setLong(2, position);
            insertTag.addBatch();
            hasTags = true;
        }
    }

    /** The producer's time, or that of the append, as the column has it. */
    static long timestamp(NewEvent event, Stamp stamp) {
        Instant timestamp = event.timestamp();
        return EpochNanos.of(timestamp == null ? stamp.recordedAt() : timestamp);
    }

    /** Writes what was added, into the transaction. */
    void flush() throws SQLException {
        dictionaries.flush();
        if (hasEvents) {
            insertEvent.executeBatch();
            hasEvents = false;
        }
        if (hasTags) {
            insertTag.executeBatch();
            hasTags = false;
        }
    }

    private void bindPayload(NewEvent event) throws SQLException {
        if (event.payloadForm() == PayloadForm.JSON) {
            insertEvent.setString(10, new String(event.payload(), StandardCharsets.UTF_8));
        } else {
            insertEvent.setBytes(10, event.payload());
        }
    }

    private static <T> Field<T> slot(Field<T> field) {
        return param(field.getName(), field);
    }
}
