package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.store.EventStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A use of the store, and how SQLite is to run the statements that it leads to. Inserts have no plan.
 *
 * @param plans one for each different statement: the lines of EXPLAIN QUERY PLAN, joined
 */
record PlannedStep(String name, Act act, List<String> plans) {
    private static final String NAMED_PARTITION =
            "SCALAR SUBQUERY 1 | SEARCH partition USING COVERING INDEX sqlite_autoindex_partition_1 (name=?)";
    private static final String NUMBER_OF_PARTITION = "SCAN CONSTANT ROW | " + NAMED_PARTITION;
    private static final String LAST_BEFORE =
            "SEARCH event USING COVERING INDEX event_by_sequence (partition_id=? AND sequence<?)";
    private static final String FIRST_OF_PARTITION =
            "SEARCH event USING COVERING INDEX event_by_sequence (partition_id=?)";
    private static final String AT_OR_AFTER = "SEARCH event USING INTEGER PRIMARY KEY (rowid>?)";
    private static final String AT = "SEARCH event USING INTEGER PRIMARY KEY (rowid=?)";
    private static final String ALONG_LOG = "SEARCH event USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
    private static final String ALONG_PARTITION =
            "SEARCH event USING INDEX event_by_sequence (partition_id=? AND sequence>? AND sequence<?) | "
                    + NAMED_PARTITION;
    private static final String LATE = "SEARCH event USING COVERING INDEX event_late (partition_id=? AND timestamp>?)";
    private static final String TIME_MAX = "SEARCH event USING INDEX event_by_sequence (partition_id=? AND sequence<?)";
    private static final String IN_ORDER =
            "SEARCH event USING INDEX event_by_sequence (partition_id=? AND sequence>? AND sequence<?)";
    private static final String SORTED = " | USE TEMP B-TREE FOR ORDER BY";
    private static final String CHECKPOINT = "SEARCH checkpoint USING PRIMARY KEY (name=?)";
    private static final String TAG = "SEARCH tag USING COVERING INDEX sqlite_autoindex_tag_1 (name=?)";
    private static final String TAGGED =
            "SEARCH event_tag USING PRIMARY KEY (tag_id=? AND position>? AND position<?) | SCALAR SUBQUERY ";
    private static final String HAS_TAG =
            "SEARCH event_tag EXISTS USING PRIMARY KEY (tag_id=? AND position=?) | SCALAR SUBQUERY 1 | " + TAG;

    /** What the writer prepares when it opens a connection, for all appends to come. */
    static final List<String> OPENING = List.of(
            "SEARCH event USING INDEX event_by_id (event_id=?)",
            AT,
            "SEARCH event USING COVERING INDEX event_by_id",
            "SEARCH partition USING COVERING INDEX sqlite_autoindex_partition_1 (name=?)",
            "SEARCH producer USING COVERING INDEX sqlite_autoindex_producer_1 (name=?)",
            TAG,
            "SEARCH kind USING COVERING INDEX sqlite_autoindex_kind_1"
                    + " (artifact_type=? AND action=? AND event_version=? AND payload_form=?)",
            "SEARCH partition",
            "SEARCH producer",
            "SEARCH tag",
            "SEARCH kind",
            "SEARCH event",
            ALONG_LOG,
            "SEARCH event USING INDEX event_by_sequence (partition_id=?)");

    static final List<PlannedStep> ALL = List.of(
            step("an append", PlannedStep::appendAnother),
            step(
                    "an append on condition",
                    store -> StoreUnderTest.answer(store.append(event("conditional on " + store.head())
                            .given(new NoneMatching(Filters.of().tags("none").filter(), Position.NONE)))),
                    "SEARCH event USING INDEX event_by_id (event_id=?)",
                    TAGGED + "1 | " + TAG,
                    HAS_TAG + " | " + AT),
            step(
                    "moving a checkpoint",
                    store -> StoreUnderTest.answer(
                            store.moveCheckpoint(new CheckpointMove("c", Position.NONE, null, false))),
                    CHECKPOINT),
            step("deleting a checkpoint", store -> StoreUnderTest.answer(store.deleteCheckpoint("c")), CHECKPOINT),
            step("a checkpoint", store -> store.checkpoint("c"), CHECKPOINT),
            step(
                    "checkpoints by name",
                    store -> store.checkpoints("c", 10),
                    "SEARCH checkpoint USING PRIMARY KEY (name>?)"),
            step(
                    "an event by its id",
                    store -> store.event(new EventId("a")),
                    "SEARCH event USING INDEX event_by_id (event_id=?)"),
            step(
                    "a partition",
                    store -> store.partition("p"),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    AT_OR_AFTER,
                    FIRST_OF_PARTITION),
            step(
                    "partitions by prefix",
                    store -> store.partitions("p", "", 10),
                    "SEARCH partition USING COVERING INDEX sqlite_autoindex_partition_1 (name>?)",
                    LAST_BEFORE,
                    AT_OR_AFTER,
                    FIRST_OF_PARTITION),
            step(
                    "partitions after a key",
                    store -> store.partitions("", "o", 10),
                    "SEARCH partition USING COVERING INDEX sqlite_autoindex_partition_1 (name>?)",
                    LAST_BEFORE,
                    AT_OR_AFTER,
                    FIRST_OF_PARTITION),
            step("a position by time", store -> store.positionBefore(Instant.EPOCH), AT_OR_AFTER),
            step("the log forward", store -> drain(log(store, EventFilter.ALL, Direction.FORWARD)), ALONG_LOG),
            step("the log backward", store -> drain(log(store, EventFilter.ALL, Direction.BACKWARD)), ALONG_LOG),
            step(
                    "the log of one partition",
                    store -> drain(log(store, Filters.of().partitionKeys("p").filter(), Direction.FORWARD)),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    ALONG_PARTITION
                            + " | LIST SUBQUERY 2"
                            + " | SEARCH partition USING COVERING INDEX sqlite_autoindex_partition_1 (name=?)"
                            + " | CREATE BLOOM FILTER"),
            step(
                    "the log by tag",
                    store -> drain(log(store, Filters.of().tags("t").filter(), Direction.BACKWARD)),
                    TAGGED + "1 | " + TAG,
                    HAS_TAG + " | " + AT),
            // Among few events all are looked at; KindCandidatesTest sees the index of kinds used.
            step(
                    "the log by action",
                    store -> drain(log(store, Filters.of().actions("none").filter(), Direction.FORWARD)),
                    ALONG_LOG + " | LIST SUBQUERY 1 | SCAN kind" + " | CREATE BLOOM FILTER"),
            step("a tail", store -> drain(store.tail(EventFilter.ALL, Position.NONE)), ALONG_LOG),
            step(
                    "a partition's events forward",
                    store -> drain(stream(store, Direction.FORWARD)),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    ALONG_PARTITION),
            step(
                    "a partition's events backward",
                    store -> drain(stream(store, Direction.BACKWARD)),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    ALONG_PARTITION),
            // The index of late events is in another order than the slice, and is sorted in pieces: ADR 0020.
            step(
                    "a partition's recent events",
                    store -> drain(since(store, 0)),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    TIME_MAX,
                    LATE,
                    LATE + SORTED,
                    IN_ORDER,
                    AT),
            step(
                    "the last of a partition's recent events",
                    store -> drain(since(store, 1)),
                    NUMBER_OF_PARTITION,
                    LAST_BEFORE,
                    TIME_MAX,
                    LATE,
                    LATE + SORTED,
                    LATE + SORTED,
                    IN_ORDER,
                    IN_ORDER,
                    AT));

    /** How SQLite would run a statement; empty when there is nothing to plan. */
    static String plan(Statement statement, String sql) throws SQLException {
        if (sql.toLowerCase(Locale.ROOT).matches("(begin|commit|rollback|pragma).*")) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
        }
        return String.join(" | ", lines);
    }

    @Override
    public String toString() {
        return name;
    }

    private static PlannedStep step(String name, Act act, String... plans) {
        return new PlannedStep(name, act, List.of(plans));
    }

    /** All that an append runs was prepared when the connection was opened. */
    private static void appendAnother(EventStore store) {
        StoreUnderTest.answer(store.append(append(event("another").tagged("u"))));
    }

    private static EventCursor log(EventStore store, EventFilter filter, Direction direction) {
        return store.readAll(new LogRead(filter, direction, Position.NONE, store.head()));
    }

    private static EventCursor stream(EventStore store, Direction direction) {
        return store.readStream(new StreamRead("p", EventFilter.ALL, direction, Sequence.NONE, store.head()))
                .cursor();
    }

    private static EventCursor since(EventStore store, int limit) {
        return store.readStreamSince(new StreamSinceRead("p", Instant.EPOCH, EventFilter.ALL, limit, store.head()))
                .cursor();
    }

    private static void drain(EventCursor cursor) {
        StoreUnderTest.all(cursor, StoreUnderTest.PAGE);
    }

    /** What is done with a store. */
    interface Act {
        void on(EventStore store);
    }
}
