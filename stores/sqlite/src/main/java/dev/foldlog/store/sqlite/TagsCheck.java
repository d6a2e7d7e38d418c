package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.EVENT_TAG;
import static dev.foldlog.store.sqlite.schema.Tables.TAG;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.CorruptionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** The index of tags against the events: each tag of an event is there, and nothing else is. */
final class TagsCheck implements SqliteVerification.Check {
    private static final Select<?> ENVELOPES =
            Sql.DIALECT.select(EVENT.POSITION, EVENT.ENVELOPE).from(EVENT).orderBy(EVENT.POSITION);

    private static final Select<?> ENTRY = Sql.DIALECT
            .selectOne()
            .from(EVENT_TAG)
            .join(TAG)
            .on(TAG.TAG_ID.eq(EVENT_TAG.TAG_ID))
            .where(TAG.NAME.eq(DSL.param("tag", String.class)))
            .and(EVENT_TAG.POSITION.eq(DSL.param("position", Long.class)));

    private final EventCodec codec;

    TagsCheck(EventCodec codec) {
        this.codec = codec;
    }

    @Override
    public String name() {
        return "tags";
    }

    @Override
    public long units(Connection connection) throws SQLException {
        return Sql.number(
                connection, Sql.DIALECT.select(DSL.max(EVENT.POSITION)).from(EVENT), 0);
    }

    @Override
    public CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException {
        Findings findings = new Findings();
        long expected = 0;
        long seen = 0;
        try (PreparedStatement events = connection.prepareStatement(ENVELOPES.getSQL());
                PreparedStatement entry = connection.prepareStatement(ENTRY.getSQL());
                ResultSet row = events.executeQuery()) {
            while (row.next()) {
                long position = row.getLong(1);
                Set<String> tags = new HashSet<>(tags(position, row.getBytes(2)));
                for (String tag : tags) {
                    entry.setString(1, tag);
                    entry.setLong(2, position);
                    if (Sql.number(entry, 0) == 0) {
                        findings.add("event at position " + position + ": a tag is missing from the index");
                    }
                }
                expected += tags.size();
                seen++;
                if (seen % 1_000 == 0) {
                    listener.progressed(position);
                }
            }
        }
        listener.progressed(units(connection));
        long entries = Sql.number(connection, Sql.DIALECT.selectCount().from(EVENT_TAG), 0);
        if (entries != expected) {
            findings.add("the index has " + entries + " entries (expected: " + expected + ")");
        }
        return findings.outcome(name(), expected + " tags of events: all are in the index, and nothing else");
    }

    /** A damaged event is another check's finding. */
    private List<String> tags(long position, byte[] blob) {
        try {
            return codec.open(EnvelopeBlob.open(position, blob, null).envelope())
                    .facts()
                    .tags();
        } catch (CorruptionException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
