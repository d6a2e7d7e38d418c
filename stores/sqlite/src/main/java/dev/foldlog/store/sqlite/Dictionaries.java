package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.KIND;
import static dev.foldlog.store.sqlite.schema.Tables.PARTITION;
import static dev.foldlog.store.sqlite.schema.Tables.PRODUCER;
import static dev.foldlog.store.sqlite.schema.Tables.TAG;
import static org.jooq.impl.DSL.param;

import dev.foldlog.store.sqlite.Dictionary.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.TableField;

/** The writer's dictionaries. Confined to its thread, and to one connection. */
final class Dictionaries {
    private static final int PARTITIONS_REMEMBERED = 50_000;
    private static final int PRODUCERS_REMEMBERED = 10_000;
    private static final int TAGS_REMEMBERED = 20_000;
    private static final int KINDS_REMEMBERED = 5_000;

    final Dictionary<String> partitions;
    final Dictionary<String> producers;
    final Dictionary<String> tags;
    final Dictionary<Kind> kinds;

    Dictionaries(Connection connection) throws SQLException {
        partitions = new Dictionary<>(connection, named(PARTITION.PARTITION_ID, PARTITION.NAME), PARTITIONS_REMEMBERED);
        producers = new Dictionary<>(connection, named(PRODUCER.PRODUCER_ID, PRODUCER.NAME), PRODUCERS_REMEMBERED);
        tags = new Dictionary<>(connection, named(TAG.TAG_ID, TAG.NAME), TAGS_REMEMBERED);
        kinds = new Dictionary<>(connection, kinds(), KINDS_REMEMBERED);
    }

    void flush() throws SQLException {
        partitions.flush();
        producers.flush();
        tags.flush();
        kinds.flush();
    }

    void trim() {
        partitions.trim();
        producers.trim();
        tags.trim();
        kinds.trim();
    }

    private static Statements<String> named(TableField<?, Long> id, TableField<?, String> name) {
        return new Statements<>(
                id,
                Sql.DIALECT.select(id).from(id.getTable()).where(name.eq(param("name", String.class))),
                Sql.DIALECT
                        .insertInto(id.getTable())
                        .columns(id, name)
                        .values(param("id", Long.class), param("name", String.class)),
                (statement, index, key) -> statement.setString(index, key));
    }

    private static Statements<Kind> kinds() {
        return new Statements<>(
                KIND.KIND_ID,
                Sql.DIALECT
                        .select(KIND.KIND_ID)
                        .from(KIND)
                        .where(KIND.ARTIFACT_TYPE.eq(param("artifactType", String.class)))
                        .and(KIND.ACTION.eq(param("action", String.class)))
                        .and(KIND.EVENT_VERSION.eq(param("eventVersion", Long.class)))
                        .and(KIND.PAYLOAD_FORM.eq(param("payloadForm", Long.class))),
                Sql.DIALECT
                        .insertInto(KIND)
                        .columns(KIND.KIND_ID, KIND.ARTIFACT_TYPE, KIND.ACTION, KIND.EVENT_VERSION, KIND.PAYLOAD_FORM)
                        .values(
                                param("id", Long.class),
                                param("artifactType", String.class),
                                param("action", String.class),
                                param("eventVersion", Long.class),
                                param("payloadForm", Long.class)),
                (statement, index, kind) -> {
                    statement.setString(index, kind.artifactType());
                    statement.setString(index + 1, kind.action());
                    statement.setInt(index + 2, kind.eventVersion());
                    statement.setInt(index + 3, Kind.number(kind.payloadForm()));
                });
    }
}
