package dev.foldlog.conformance;

import static dev.foldlog.conformance.BadInput.malformed;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.subscribe;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamSinceRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reads, subscriptions and look-ups with bad input: each field refused by its path. */
public abstract class BadCallsSuite extends ConformanceSuite {
    private static final Timestamp NOON =
            Timestamp.newBuilder().setSeconds(1_700_000_000).build();
    private static final Timestamp MALFORMED =
            Timestamp.newBuilder().setNanos(-1).build();
    private static final EventFilter NESTED = EventFilter.newBuilder()
            .addAnyOf(EventFilter.newBuilder().addAnyOf(EventFilter.getDefaultInstance()))
            .build();
    private static final ReadOptions UNKNOWN_FORM =
            ReadOptions.newBuilder().setPayloadFormValue(99).build();
    private static final ReadOptions NEGATIVE_BATCH =
            ReadOptions.newBuilder().setMaxBatchEvents(-1).build();

    protected BadCallsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> read_stream_is_refused_with() {
        return refused(
                malformed("no partition", "partition_key", readStream("")),
                malformed("a long partition", "partition_key", readStream("a".repeat(513)))
                        .orTooLong(),
                malformed("an unknown direction", "direction", readStream("a").setDirectionValue(99)),
                malformed(
                        "a negative sequence", "after_sequence", readStream("a").setAfterSequence(-1)),
                malformed("a negative limit", "limit", readStream("a").setLimit(-1)),
                malformed(
                        "a negative snapshot", "as_of_position", readStream("a").setAsOfPosition(-1)),
                malformed(
                        "a filter of nested alternatives",
                        "filter.any_of[0].any_of",
                        readStream("a").setFilter(NESTED)),
                malformed(
                        "an unknown payload form",
                        "options.payload_form",
                        readStream("a").setOptions(UNKNOWN_FORM)),
                malformed(
                        "a negative batch",
                        "options.max_batch_events",
                        readStream("a").setOptions(NEGATIVE_BATCH)));
    }

    @TestFactory
    Stream<DynamicTest> read_stream_since_is_refused_with() {
        return refused(
                malformed("no partition", "partition_key", readSince("", NOON)),
                malformed(
                        "no time", "since", ReadStreamSinceRequest.newBuilder().setPartitionKey("a")),
                malformed("a malformed time", "since", readSince("a", MALFORMED)),
                malformed("a negative limit", "limit", readSince("a", NOON).setLimit(-1)),
                malformed(
                        "a negative snapshot",
                        "as_of_position",
                        readSince("a", NOON).setAsOfPosition(-1)),
                malformed(
                        "a filter of nested alternatives",
                        "filter.any_of[0].any_of",
                        readSince("a", NOON).setFilter(NESTED)),
                malformed(
                        "an unknown payload form",
                        "options.payload_form",
                        readSince("a", NOON).setOptions(UNKNOWN_FORM)),
                malformed(
                        "a negative batch",
                        "options.max_batch_events",
                        readSince("a", NOON).setOptions(NEGATIVE_BATCH)));
    }

    @TestFactory
    Stream<DynamicTest> read_all_is_refused_with() {
        return refused(
                malformed("an unknown direction", "direction", readAll().setDirectionValue(-7)),
                malformed("a negative position", "after_position", readAll().setAfterPosition(-1)),
                malformed("a negative limit", "limit", readAll().setLimit(Long.MIN_VALUE)),
                malformed("a negative snapshot", "as_of_position", readAll().setAsOfPosition(-1)),
                malformed(
                        "a filter of nested alternatives",
                        "filter.any_of[0].any_of",
                        readAll().setFilter(NESTED)),
                malformed(
                        "a malformed since",
                        "filter.since",
                        readAll().setFilter(EventFilter.newBuilder().setSince(MALFORMED))),
                malformed(
                        "a malformed until",
                        "filter.until",
                        readAll().setFilter(EventFilter.newBuilder().setUntil(MALFORMED))),
                malformed(
                        "a malformed time in an alternative",
                        "filter.any_of[1].until",
                        readAll()
                                .setFilter(EventFilter.newBuilder()
                                        .addAnyOf(EventFilter.newBuilder().addTags("t"))
                                        .addAnyOf(EventFilter.newBuilder().setUntil(MALFORMED)))),
                malformed(
                        "an unknown payload form",
                        "options.payload_form",
                        readAll().setOptions(UNKNOWN_FORM)),
                malformed(
                        "a negative batch",
                        "options.max_batch_events",
                        readAll().setOptions(NEGATIVE_BATCH)));
    }

    @TestFactory
    Stream<DynamicTest> subscribe_all_is_refused_with() {
        return refused(
                malformed("a negative position", "after_position", subscribe().setAfterPosition(-1)),
                malformed("a malformed time", "recorded_since", subscribe().setRecordedSince(MALFORMED)),
                malformed("a malformed checkpoint", "checkpoint", subscribe().setCheckpoint("a b")),
                malformed("an empty checkpoint", "checkpoint", subscribe().setCheckpoint("")),
                malformed(
                        "heartbeats too often",
                        "heartbeat_interval",
                        subscribe().setHeartbeatInterval(millis(500))),
                malformed(
                                "heartbeats too rare",
                                "heartbeat_interval",
                                subscribe().setHeartbeatInterval(millis(300_001)))
                        .orTooLong(),
                malformed(
                        "a negative heartbeat",
                        "heartbeat_interval",
                        subscribe().setHeartbeatInterval(millis(-5_000))),
                malformed(
                        "a malformed heartbeat",
                        "heartbeat_interval",
                        subscribe()
                                .setHeartbeatInterval(
                                        Duration.newBuilder().setSeconds(2).setNanos(-1))),
                malformed("a negative linger", "max_linger", subscribe().setMaxLinger(millis(-1))),
                malformed("a long linger", "max_linger", subscribe().setMaxLinger(millis(10_001)))
                        .orTooLong(),
                malformed(
                        "a filter of nested alternatives",
                        "filter.any_of[0].any_of",
                        subscribe().setFilter(NESTED)),
                malformed(
                        "an unknown payload form",
                        "options.payload_form",
                        subscribe().setOptions(UNKNOWN_FORM)),
                malformed(
                        "a negative batch",
                        "options.max_batch_events",
                        subscribe().setOptions(NEGATIVE_BATCH)));
    }

    @TestFactory
    Stream<DynamicTest> a_look_up_is_refused_with() {
        return refused(
                malformed("no event", "event_id", client -> client.event("")),
                malformed(
                        "an unknown payload form",
                        "options.payload_form",
                        client -> client.store()
                                .getEvent(GetEventRequest.newBuilder()
                                        .setEventId("x")
                                        .setOptions(UNKNOWN_FORM)
                                        .build())),
                malformed("no partition", "partition_key", client -> client.partition("")),
                malformed(
                        "a negative page",
                        "page_size",
                        client -> client.store()
                                .listPartitions(ListPartitionsRequest.newBuilder()
                                        .setPageSize(-1)
                                        .build())),
                malformed(
                        "a token that is none",
                        "page_token",
                        client -> client.store()
                                .listPartitions(ListPartitionsRequest.newBuilder()
                                        .setPageToken("\u0001?!")
                                        .build())),
                malformed(
                                "a long prefix",
                                "prefix",
                                client -> client.store()
                                        .listPartitions(ListPartitionsRequest.newBuilder()
                                                .setPrefix("a".repeat(513))
                                                .build()))
                        .orTooLong());
    }

    @TestFactory
    @Needs(Capability.CHECKPOINTS)
    Stream<DynamicTest> a_checkpoint_call_is_refused_with() {
        return refused(
                malformed("no name to get", "name", client -> client.checkpoint("")),
                malformed("no name to move", "name", client -> client.commit(commit("", 0))),
                malformed("a malformed name", "name", client -> client.commit(commit("a?b", 0))),
                malformed("a long name", "name", client -> client.commit(commit("a".repeat(129), 0)))
                        .orTooLong(),
                malformed("a negative position", "position", client -> client.commit(commit("a", -1))),
                malformed(
                        "a negative position by force",
                        "position",
                        client -> client.commit(commit("a", -1).setForce(true))),
                malformed(
                        "a negative expectation",
                        "expected_position",
                        client -> client.commit(commit("a", 0).setExpectedPosition(-1))),
                malformed(
                        "no name to delete",
                        "name",
                        client -> client.checkpoints().deleteCheckpoint(DeleteCheckpointRequest.getDefaultInstance())),
                malformed(
                        "a negative page",
                        "page_size",
                        client -> client.checkpoints()
                                .listCheckpoints(ListCheckpointsRequest.newBuilder()
                                        .setPageSize(-1)
                                        .build())),
                malformed(
                        "a token that is none",
                        "page_token",
                        client -> client.checkpoints()
                                .listCheckpoints(ListCheckpointsRequest.newBuilder()
                                        .setPageToken("\u0001?!")
                                        .build())));
    }

    private Stream<DynamicTest> refused(BadInput... rows) {
        return Stream.of(rows).map(it -> DynamicTest.dynamicTest(it.name(), () -> it.assertRefused(client())));
    }

    private static Duration millis(long millis) {
        return Duration.newBuilder()
                .setSeconds(millis / 1000)
                .setNanos((int) (millis % 1000) * 1_000_000)
                .build();
    }
}
