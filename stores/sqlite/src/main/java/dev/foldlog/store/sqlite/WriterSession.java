package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.LogRead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The writing connection with everything the writer knows about the store through it: the head, the ends
 * of partitions, and the events staged in the open transaction, which are seen by every question asked
 * here. Confined to the writer's thread. After any SQL error it must be closed and never used again: what
 * a connection believes after a failed write need not be what is on the disk.
 */
final class WriterSession implements WalKeeper.Wal, AutoCloseable {
    static final Select<?> EVENT_BY_ID = Sql.DIALECT
            .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
            .from(EVENT)
            .where(EVENT.EVENT_ID.eq(DSL.param("id", EVENT.EVENT_ID)));

    static final Select<?> EVENT_AT = Sql.DIALECT
            .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
            .from(EVENT)
            .where(EVENT.POSITION.eq(DSL.param("position", Long.class)));

    private final Connection connection;
    private final DSLContext sql;
    private final Statement control;
    private final PreparedStatement eventById;
    private final PreparedStatement eventAt;
    private final GreatestId greatestId;
    private final Dictionaries dictionaries;
    private final PartitionHeads heads;
    private final EventRows rows;
    private final EventCodec codec;
    private final RecentEvents recent;
    private final RecentEvents recentWhole;
    private final Map<EventId, RecordedEvent> staged = new HashMap<>();
    private final Map<Position, RecordedEvent> stagedAt = new HashMap<>();

    private Position last;
    private Instant lastRecordedAt;
    private boolean hasChanges;

    /** Opens a session on a connection, which it owns from now on, also when it cannot open. */
    static WriterSession open(Connection connection, EventCodec codec) throws SQLException {
        try {
            return new WriterSession(connection, codec);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private WriterSession(Connection connection, EventCodec codec) throws SQLException {
        this.connection = connection;
        this.codec = codec;
        this.sql = Sql.on(connection);
        this.control = connection.createStatement();
        this.eventById = connection.prepareStatement(EVENT_BY_ID.getSQL());
        this.eventAt = connection.prepareStatement(EVENT_AT.getSQL());
        this.greatestId = new GreatestId(connection);
        this.dictionaries = new Dictionaries(connection);
        this.heads = new PartitionHeads(connection, dictionaries.partitions);
        this.rows = new EventRows(connection, dictionaries);
        this.last = new Position(Sql.number(
                connection, Sql.DIALECT.select(DSL.max(EVENT.POSITION)).from(EVENT), 0));
        this.recent = new RecentEvents(connection, codec, last, false);
        this.recentWhole = new RecentEvents(connection, codec, last, true);
        RecordedEvent newest = storedAt(last);
        this.lastRecordedAt = newest == null
                ? Instant.MIN
                : codec.open(newest.envelope()).stamp().recordedAt();
    }

    void begin() throws SQLException {
        control.execute("BEGIN IMMEDIATE");
    }

    /** Writes what is staged, and makes it durable. */
    void commit() throws SQLException {
        control.execute("COMMIT");
        hasChanges = false;
        staged.clear();
        stagedAt.clear();
        trim();
    }

    /** Ends a transaction in which nothing was staged. */
    void rollback() throws SQLException {
        control.execute("ROLLBACK");
        trim();
    }

    /** The transaction has ended: nothing is kept that grew in it. */
    private void trim() {
        dictionaries.trim();
        heads.trim();
        recent.reset(last);
        recentWhole.reset(last);
    }

    /** Sends what is staged to SQLite, still inside the transaction. */
    void flush() throws SQLException {
        rows.flush();
    }

    /** Position of the newest event, staged ones included. */
    Position last() {
        return last;
    }

    /** The time to record events with: the clock's, but never before the newest event's. */
    Instant notBeforeLast(Instant now) {
        return now.isAfter(lastRecordedAt) ? now : lastRecordedAt;
    }

    Sequence lastSequence(String partitionKey) throws SQLException {
        return heads.last(partitionKey).sequence();
    }

    @Nullable
    RecordedEvent stored(EventId id) throws SQLException {
        RecordedEvent pending = staged.get(id);
        if (pending != null) {
            return pending;
        }
        if (greatestId.isBefore(id)) {
            return null;
        }
        IdColumn.bind(eventById, 1, id);
        return event(eventById);
    }

    @Nullable
    RecordedEvent storedAt(Position position) throws SQLException {
        RecordedEvent pending = stagedAt.get(position);
        if (pending != null) {
            return pending;
        }
        eventAt.setLong(1, position.value());
        return event(eventAt);
    }

    /** All events after a position, in order, decoded; with payloads where {@code areWhole}; meant for few. */
    Collection<EventView> eventsAfter(Position position, boolean areWhole) throws SQLException {
        return (areWhole ? recentWhole : recent).after(position);
    }

    /** Stages an event as the next of the log. */
    void stage(NewEvent event, Stamp stamp) throws SQLException {
        byte[] envelope = codec.seal(event, stamp);
        PartitionHeads.Head before = heads.last(event.facts().partitionKey());
        rows.add(event, stamp, envelope, before);
        RecordedEvent pending = new RecordedEvent(stamp.position(), envelope, event.payload());
        staged.put(event.facts().eventId(), pending);
        stagedAt.put(stamp.position(), pending);
        greatestId.staged(event.facts().eventId());
        recent.staged(pending);
        recentWhole.staged(pending);
        heads.moved(event.facts().partitionKey(), before, EventRows.timestamp(event, stamp));
        last = stamp.position();
        lastRecordedAt = stamp.recordedAt();
        hasChanges = true;
    }

    /** A checkpoint was written: the transaction must be committed. */
    void changed() {
        hasChanges = true;
    }

    /** Whether the transaction has anything to commit. */
    boolean hasChanges() {
        return hasChanges;
    }

    /** Reads the log as this transaction sees it; {@link #flush} first. */
    EventCursor readAll(LogRead read) {
        return Cursors.log(this::read, codec, read);
    }

    @Override
    public int pages() throws SQLException {
        return checkpoint("NOOP").pages;
    }

    @Override
    public void moveWhatIsFree() throws SQLException {
        checkpoint("PASSIVE");
    }

    @Override
    public boolean empty(int patienceMillis) throws SQLException {
        control.execute("PRAGMA busy_timeout = " + patienceMillis);
        try {
            return !checkpoint("TRUNCATE").isBusy;
        } finally {
            control.execute("PRAGMA busy_timeout = " + Connections.BUSY_MILLIS);
        }
    }

    private Checkpointed checkpoint(String mode) throws SQLException {
        try (ResultSet row = control.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return row.next() ? new Checkpointed(row.getBoolean(1), row.getInt(2)) : new Checkpointed(false, 0);
        }
    }

    EventCodec codec() {
        return codec;
    }

    DSLContext sql() {
        return sql;
    }

    private <T> T read(Reading.Query<T> query) {
        try {
            return query.on(connection);
        } catch (SQLException e) {
            throw new DataAccessException("reading through the writer's connection", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static @Nullable RecordedEvent event(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? EnvelopeBlob.openWhole(row.getLong(1), row.getBytes(2), row.getBytes(3)) : null;
        }
    }

    /** What a checkpoint of the write-ahead log says; {@code pages} are those in the log. */
    private record Checkpointed(boolean isBusy, int pages) {}
}
