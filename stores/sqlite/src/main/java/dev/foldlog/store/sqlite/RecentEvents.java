package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EventView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The newest events as the open transaction sees them, decoded when they are asked for and once in a
 * transaction, however many conditions are tested against them. Confined to the writer's thread, and to one
 * connection.
 */
final class RecentEvents {
    static final Select<?> BETWEEN = Sql.DIALECT
            .select(EVENT.POSITION, EVENT.ENVELOPE)
            .from(EVENT)
            .where(EVENT.POSITION.gt(DSL.param("after", Long.class)))
            .and(EVENT.POSITION.le(DSL.param("through", Long.class)))
            .orderBy(EVENT.POSITION);

    static final Select<?> WHOLE_BETWEEN = Sql.DIALECT
            .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
            .from(EVENT)
            .where(EVENT.POSITION.gt(DSL.param("after", Long.class)))
            .and(EVENT.POSITION.le(DSL.param("through", Long.class)))
            .orderBy(EVENT.POSITION);

    private final PreparedStatement between;
    private final EventCodec codec;
    private final boolean areWhole;
    private final NavigableMap<Position, EventView> decoded = new TreeMap<>();
    private final List<RecordedEvent> staged = new ArrayList<>();
    private Position decodedAfter;
    private int stagedDecoded;

    /** Events after {@code last}, with their payloads or without. */
    RecentEvents(Connection connection, EventCodec codec, Position last, boolean areWhole) throws SQLException {
        this.between = connection.prepareStatement((areWhole ? WHOLE_BETWEEN : BETWEEN).getSQL());
        this.areWhole = areWhole;
        this.codec = codec;
        this.decodedAfter = last;
    }

    /** An event of the open transaction, the next of the log. */
    void staged(RecordedEvent event) {
        staged.add(event);
    }

    /** The transaction has ended, and this is the newest event now. */
    void reset(Position last) {
        decoded.clear();
        staged.clear();
        stagedDecoded = 0;
        decodedAfter = last;
    }

    /** All events after a position, in order. */
    Collection<EventView> after(Position position) throws SQLException {
        if (decodedAfter.isAfter(position)) {
            decodeCommitted(position, decodedAfter);
            decodedAfter = position;
        }
        for (; stagedDecoded < staged.size(); stagedDecoded++) {
            decode(staged.get(stagedDecoded));
        }
        return decoded.tailMap(position, false).values();
    }

    private void decodeCommitted(Position after, Position through) throws SQLException {
        between.setLong(1, after.value());
        between.setLong(2, through.value());
        try (ResultSet row = between.executeQuery()) {
            while (row.next()) {
                decode(
                        areWhole
                                ? EnvelopeBlob.openWhole(row.getLong(1), row.getBytes(2), row.getBytes(3))
                                : EnvelopeBlob.open(row.getLong(1), row.getBytes(2), null));
            }
        }
    }

    private void decode(RecordedEvent event) {
        decoded.put(event.position(), EventView.of(event, codec));
    }
}
