package dev.foldlog.conformance;

import static dev.foldlog.conformance.BadInput.malformed;
import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.moves;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_INVALID_FIELD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Appends with bad input: each field refused by its path, all of them together, nothing stored. */
public abstract class BadAppendsSuite extends ConformanceSuite {
    private static final String FIRST = "events[0].";

    protected BadAppendsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> an_event_is_refused_with() {
        return refused(Stream.of(
                malformed("no action", FIRST + "action", append(event().clearAction())),
                malformed("a space in the action", FIRST + "action", append(event().setAction("a b"))),
                malformed("a letter of another script", FIRST + "action", append(event().setAction("prüfen"))),
                malformed("a long action", FIRST + "action", append(event().setAction("a".repeat(129))))
                        .orTooLong(),
                malformed("no producer", FIRST + "producer", append(event().clearProducer())),
                malformed("a long producer", FIRST + "producer", append(event().setProducer("ü".repeat(129))))
                        .orTooLong(),
                malformed("no artifact", FIRST + "artifact_id", append(event().clearArtifactId())),
                malformed("a long artifact", FIRST + "artifact_id", append(event("a".repeat(257))))
                        .orTooLong(),
                malformed("no artifact type", FIRST + "artifact_type", append(event().clearArtifactType())),
                malformed("a slash in the type", FIRST + "artifact_type", append(event().setArtifactType("a/b"))),
                malformed("a long type", FIRST + "artifact_type", append(event().setArtifactType("a".repeat(129))))
                        .orTooLong(),
                malformed("a long thread", FIRST + "thread_id", append(event().setThreadId("a".repeat(257))))
                        .orTooLong(),
                malformed("a negative version", FIRST + "event_version", append(event().setEventVersion(-1))),
                malformed("a long partition", FIRST + "partition_key", append(event().setPartitionKey("a".repeat(513))))
                        .orTooLong(),
                malformed("a long id", FIRST + "event_id", append(event().setEventId("é".repeat(65))))
                        .orTooLong(),
                malformed("a key of the server", FIRST + "metadata", append(event().putMetadata("$x", "y"))),
                malformed(
                        "an empty tag",
                        FIRST + "tags",
                        append(event().addTags("a").addTags(""))),
                malformed("a long tag", FIRST + "tags", append(event().addTags("é".repeat(65))))
                        .orTooLong(),
                malformed(
                        "an id twice", "events[1].event_id", append(event().setEventId("x"), event().setEventId("x"))),
                malformed(
                        "a fault further on",
                        "events[2].producer",
                        append(event(), event(), event().clearProducer()))));
    }

    @TestFactory
    Stream<DynamicTest> a_time_is_refused_that_is() {
        return refused(Stream.of(
                at("before 1700", Times.timestamp(Instant.parse("1699-12-31T23:59:59.999999999Z"))),
                at("of negative nanoseconds", timestamp(0, -1)),
                at("of too many nanoseconds", timestamp(0, 1_000_000_000)),
                at("before the calendar", timestamp(-62_135_596_801L, 0)),
                at("after the calendar", timestamp(253_402_300_800L, 0)),
                at("without end", timestamp(Long.MAX_VALUE, 0))));
    }

    @Test
    void a_time_too_far_ahead_of_the_servers_clock_is_refused() {
        Instant max =
                Times.instant(client().info().getServerTime()).plus(fixture().timestampAheadMax());
        Instant near = max.minus(Duration.ofMinutes(1));
        Instant far = max.plus(Duration.ofMinutes(10));

        Refusal refusal = Refusal.of(
                ERROR_REASON_TIMESTAMP_AHEAD,
                () -> client().append(event("a"), event("a").setTimestamp(Times.timestamp(far))));
        assertThat(refusal.metadata())
                .containsEntry("field", "events[1].timestamp")
                .containsKeys("timestamp", "max");
        assertThat(refusal.fields()).containsExactly("events[1].timestamp");
        assertThat(client().everything()).isEmpty();
        client().append(event("a").setTimestamp(Times.timestamp(near)));
        assertThat(client().everything()).hasSize(1);
    }

    @TestFactory
    Stream<DynamicTest> a_payload_is_refused_that_is() {
        List<BadInput> rows = new ArrayList<>();
        for (String text : List.of(
                "",
                " ",
                "[]",
                "1",
                "\"text\"",
                "null",
                "true",
                "{",
                "}",
                "{}{}",
                "{} x",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":0x1}",
                "{\"a\":tru}",
                "{\"a\":undefined}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"open}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "// comment\n{}",
                "{} /* comment */",
                "\uFEFF{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"x\":[{\"b\":{\"c\":1,\"d\":2,\"c\":3}}]}")) {
            rows.add(payload("json " + text.replace('\n', ' '), json(text)));
        }
        rows.add(payload("json over a hundred deep", json("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .orTooLong());
        rows.add(payload("json thousands deep", json("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)))
                .orTooLong());
        rows.add(payload(
                "a struct with a number that json has not",
                Payload.newBuilder()
                        .setJsonObject(Struct.newBuilder().putFields("a", Structs.number(Double.NaN)))
                        .build()));
        rows.add(payload(
                "json with a media type",
                json("{}").toBuilder().setContentType("text/json").build()));
        return refused(rows.stream());
    }

    @TestFactory
    @Needs(Capability.PAYLOAD_DATA)
    Stream<DynamicTest> an_opaque_payload_is_refused_with() {
        return refused(Stream.of(payload(
                        "a long media type",
                        Payload.newBuilder()
                                .setData(ByteString.EMPTY)
                                .setContentType("a".repeat(257))
                                .build())
                .orTooLong()));
    }

    @TestFactory
    Stream<DynamicTest> an_append_is_refused_with() {
        return refused(Stream.of(
                malformed("no events", "events", AppendRequest.newBuilder()),
                malformed(
                        "a request id that is no UUID",
                        "request_id",
                        append(event()).setRequestId("retry-1")),
                malformed(
                        "a precondition that says nothing",
                        "preconditions[0]",
                        append(event()).addPreconditions(Precondition.getDefaultInstance())),
                malformed(
                        "a partition condition without expectation",
                        "preconditions[1].partition",
                        append(event())
                                .addPreconditions(sequence("a", 0))
                                .addPreconditions(Precondition.newBuilder()
                                        .setPartition(
                                                PartitionCondition.newBuilder().setPartitionKey("a")))),
                malformed(
                        "a condition on no partition",
                        "preconditions[0].partition.partition_key",
                        append(event()).addPreconditions(exists("", false))),
                malformed(
                        "a negative expected sequence",
                        "preconditions[0].partition.sequence",
                        append(event()).addPreconditions(sequence("a", -1)))));
    }

    @TestFactory
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    Stream<DynamicTest> a_boundary_is_refused_with() {
        String path = "preconditions[0].no_events_matching.";
        EventFilter.Builder nested = EventFilter.newBuilder()
                .addAnyOf(EventFilter.newBuilder()
                        .addAnyOf(EventFilter.newBuilder().addTags("t")));
        return refused(Stream.of(
                malformed(
                        "a negative position",
                        path + "after_position",
                        append(event()).addPreconditions(noEventsMatching(EventFilter.newBuilder(), -1))),
                malformed(
                        "alternatives of alternatives",
                        path + "filter.any_of[0].any_of",
                        append(event()).addPreconditions(noEventsMatching(nested, 0))),
                malformed(
                        "a malformed time",
                        path + "filter.since",
                        append(event())
                                .addPreconditions(noEventsMatching(
                                        EventFilter.newBuilder().setSince(timestamp(0, -1)), 0)))));
    }

    @TestFactory
    @Needs(Capability.APPEND_CHECKPOINTS)
    Stream<DynamicTest> a_move_of_a_checkpoint_is_refused_with() {
        return refused(Stream.of(
                malformed("no name", "checkpoints[0].name", append(event()).addCheckpoints(moves("", 0))),
                malformed(
                        "a space in the name",
                        "checkpoints[0].name",
                        append(event()).addCheckpoints(moves("a b", 0))),
                malformed(
                                "a long name",
                                "checkpoints[0].name",
                                append(event()).addCheckpoints(moves("a".repeat(129), 0)))
                        .orTooLong(),
                malformed(
                        "a negative position",
                        "checkpoints[0].position",
                        append(event()).addCheckpoints(moves("a", -1))),
                malformed(
                        "a negative expectation",
                        "checkpoints[0].expected_position",
                        append(event()).addCheckpoints(moves("a", 0).setExpectedPosition(-1))),
                malformed(
                        "a name twice",
                        "checkpoints[1].name",
                        append(event()).addCheckpoints(moves("a", 0)).addCheckpoints(moves("a", 0)))));
    }

    @Test
    void all_faults_of_a_request_are_reported_together() {
        Refusal refusal = Refusal.of(
                ERROR_REASON_INVALID_FIELD,
                () -> client().append(
                                append(event().clearAction().setEventVersion(-1), event(), event().clearProducer())
                                        .addPreconditions(sequence("a", -1))));

        assertThat(refusal.fields())
                .containsExactlyInAnyOrder(
                        "events[0].action",
                        "events[0].event_version",
                        "events[2].producer",
                        "preconditions[0].partition.sequence");
        assertThat(refusal.metadata()).containsEntry("violation_count", "4");
        assertThat(client().head()).isZero();
    }

    @Test
    void thousands_of_faults_are_counted_and_as_many_listed_as_fit() {
        List<NewEvent> events = IntStream.range(0, 1000)
                .mapToObj(it ->
                        NewEvent.newBuilder().setAction(" ".repeat(1 + it % 50)).build())
                .toList();

        Refusal refusal = Refusal.of(ERROR_REASON_INVALID_FIELD, () -> client().append(append(events)));
        assertThat(refusal.metadata()).containsEntry("violation_count", "4000");
        assertThat(refusal.fields()).hasSizeBetween(5, 3999).allMatch(it -> it.startsWith("events["));
        assertThat(client().head()).isZero();
    }

    private Stream<DynamicTest> refused(Stream<BadInput> rows) {
        return rows.map(it -> DynamicTest.dynamicTest(it.name(), () -> {
            it.assertRefused(client());
            assertThat(client().head()).isZero();
            assertThat(client().everything()).isEmpty();
        }));
    }

    private static BadInput payload(String name, Payload payload) {
        return malformed(name, FIRST + "payload", append(event().setPayload(payload)));
    }

    private static BadInput at(String name, Timestamp time) {
        return malformed(name, FIRST + "timestamp", append(event().setTimestamp(time)));
    }

    private static Timestamp timestamp(long seconds, int nanos) {
        return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    }
}
