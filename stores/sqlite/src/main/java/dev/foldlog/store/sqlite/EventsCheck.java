package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.KIND;
import static dev.foldlog.store.sqlite.schema.Tables.PARTITION;
import static dev.foldlog.store.sqlite.schema.Tables.PRODUCER;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.store.CorruptionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Every event on its own and in its place: both checksums, every indexed column against the envelope,
 * positions without gaps, times that never go back, transactions that hold together.
 */
final class EventsCheck implements SqliteVerification.Check {
    private static final Select<?> EVENTS = Sql.DIALECT
            .select(
                    EVENT.POSITION,
                    EVENT.ENVELOPE,
                    EVENT.PAYLOAD,
                    EVENT.EVENT_ID,
                    PARTITION.NAME,
                    EVENT.SEQUENCE,
                    KIND.ARTIFACT_TYPE,
                    KIND.ACTION,
                    KIND.EVENT_VERSION,
                    KIND.PAYLOAD_FORM,
                    PRODUCER.NAME,
                    EVENT.TIMESTAMP,
                    EVENT.TIME_BEFORE,
                    EVENT.PARTITION_ID)
            .from(EVENT)
            .leftJoin(PARTITION)
            .on(PARTITION.PARTITION_ID.eq(EVENT.PARTITION_ID))
            .leftJoin(KIND)
            .on(KIND.KIND_ID.eq(EVENT.KIND_ID))
            .leftJoin(PRODUCER)
            .on(PRODUCER.PRODUCER_ID.eq(EVENT.PRODUCER_ID))
            .orderBy(EVENT.POSITION);

    private final EventCodec codec;
    private final Findings findings = new Findings();
    private TimesMax timesMax = new TimesMax(0);
    private Instant lastRecordedAt = Instant.MIN;
    private long lastPosition;
    private long transaction;

    EventsCheck(EventCodec codec) {
        this.codec = codec;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public long units(Connection connection) throws SQLException {
        return Sql.number(
                connection, Sql.DIALECT.select(DSL.max(EVENT.POSITION)).from(EVENT), 0);
    }

    @Override
    public CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException {
        long count = 0;
        timesMax = new TimesMax(Sql.number(connection, Sql.DIALECT.selectCount().from(PARTITION), 0));
        try (PreparedStatement statement = connection.prepareStatement(EVENTS.getSQL());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                look(row);
                count++;
                if (count % 1_000 == 0) {
                    listener.progressed(row.getLong(1));
                }
            }
        }
        listener.progressed(lastPosition);
        return findings.outcome(name(), count + " events: checksums, columns and order are in order");
    }

    private void look(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        if (position != lastPosition + 1) {
            findings.add(at(position) + "before it " + (position - lastPosition - 1) + " events are missing");
        }
        try {
            RecordedEvent event = EnvelopeBlob.openWhole(position, row.getBytes(2), row.getBytes(3));
            Envelope envelope = codec.open(event.envelope());
            compareColumns(row, event, envelope);
            placeInLog(position, envelope.stamp());
        } catch (CorruptionException e) {
            findings.add(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            findings.add(at(position) + "the envelope cannot be decoded");
        }
        lastPosition = position;
    }

    private void compareColumns(ResultSet row, RecordedEvent event, Envelope envelope) throws SQLException {
        EventFacts facts = envelope.facts();
        long position = event.position().value();
        byte[] payload = event.payload();
        same(position, "position", envelope.stamp().position(), new Position(position));
        same(position, "event_id", facts.eventId().text(), IdColumn.text(row.getObject(4)));
        same(position, "partition", facts.partitionKey(), row.getString(5));
        same(position, "sequence", envelope.stamp().sequence().value(), row.getLong(6));
        same(position, "artifact_type", facts.artifactType(), row.getString(7));
        same(position, "action", facts.action(), row.getString(8));
        same(position, "event_version", facts.eventVersion(), row.getInt(9));
        if (payload != null) {
            same(position, "payload_form", Kind.number(codec.payloadForm(payload)), row.getInt(10));
        }
        same(position, "producer", facts.producer(), row.getString(11));
        long timestamp = EpochNanos.of(envelope.timestamp());
        same(position, "timestamp", timestamp, row.getLong(12));
        same(position, "time_before", timesMax.beforeLate(row.getLong(14), timestamp), numberOrNull(row, 13));
    }

    private void placeInLog(long position, Stamp stamp) {
        if (stamp.recordedAt().isBefore(lastRecordedAt)) {
            findings.add(at(position) + "recorded_at goes back");
        }
        lastRecordedAt = stamp.recordedAt();
        long stated = stamp.transactionPosition().value();
        boolean isFirst = stated == position;
        boolean isNext = stated == transaction && lastPosition == position - 1;
        if (!isFirst && !isNext) {
            findings.add(at(position) + "its transaction began at " + stated + ", of which an event is missing");
        }
        transaction = stated;
    }

    private void same(long position, String column, @Nullable Object inEnvelope, @Nullable Object inColumn) {
        if (!Objects.equals(inEnvelope, inColumn)) {
            findings.add(at(position) + "column " + column + " differs from the envelope");
        }
    }

    private static @Nullable Long numberOrNull(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private static String at(long position) {
        return "event at position " + position + ": ";
    }

    /** The greatest timestamp of each partition: their numbers run from 1 without gaps, so an array holds them. */
    private static final class TimesMax {
        private final long[] times;
        private final BitSet late = new BitSet();

        TimesMax(long partitions) {
            times = new long[Math.toIntExact(partitions + 1)];
            Arrays.fill(times, Long.MIN_VALUE);
        }

        /** What the column has for an event of this time, which counts from now on: null when it is in order. */
        @Nullable
        Long beforeLate(long partition, long timestamp) {
            if (partition < 0 || partition >= times.length) {
                return null; // a damaged number, which is found elsewhere
            }
            int index = (int) partition;
            long before = times[index];
            boolean isLate = before > timestamp || (before == timestamp && late.get(index));
            late.set(index, isLate);
            times[index] = Math.max(before, timestamp);
            return isLate ? before : null;
        }
    }
}
