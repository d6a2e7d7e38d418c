package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppendValidatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID REQUEST_ID = UUID.fromString("019b7700-1234-7abc-8def-0123456789ab");
    private static final Limits LIMITS = new Limits(1_000, 10_000, 20, 5, 1_000, 2, Duration.ofHours(24));

    private static final FilterExpressions EXPRESSIONS = new FilterExpressions(CelExpressions.standard());

    private final AppendValidator validator = new AppendValidator(
            LIMITS, new EventIds(InstantSource.fixed(NOW), new Random(1)), InstantSource.fixed(NOW), EXPRESSIONS);

    @Test
    void makes_a_core_append_of_the_request() {
        NewEvent event = event().toBuilder()
                .setEventId("e1")
                .setThreadId("th")
                .setEventVersion(3)
                .setPartitionKey("own")
                .setTimestamp(Timestamp.newBuilder().setSeconds(5).setNanos(6))
                .setPayload(Payload.newBuilder().setJson("{\"a\": 1}"))
                .putMetadata("k", "v")
                .addTags("t2")
                .addTags("t1")
                .addTags("t2")
                .build();

        Append append = validator.validate(AppendRequest.newBuilder()
                .addEvents(event)
                .addEvents(event())
                .setValidateOnly(true)
                .build());

        dev.foldlog.core.event.NewEvent first = append.events().getFirst();
        assertThat(first.facts().eventId()).isEqualTo(new EventId("e1"));
        assertThat(first.facts().partitionKey()).isEqualTo("own");
        assertThat(first.facts().action()).isEqualTo("approve");
        assertThat(first.facts().producer()).isEqualTo("me");
        assertThat(first.facts().artifactId()).isEqualTo("a-1");
        assertThat(first.facts().artifactType()).isEqualTo("completion");
        assertThat(first.facts().threadId()).isEqualTo("th");
        assertThat(first.facts().eventVersion()).isEqualTo(3);
        assertThat(first.facts().tags()).containsExactly("t2", "t1");
        assertThat(first.timestamp()).isEqualTo(Instant.ofEpochSecond(5, 6));
        assertThat(first.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\": 1}");
        assertThat(first.payloadForm()).isEqualTo(PayloadForm.JSON);
        assertThat(append.isValidateOnly()).isTrue();
        dev.foldlog.core.event.NewEvent second = append.events().get(1);
        assertThat(second.facts().partitionKey()).isEqualTo("a-1");
        assertThat(second.facts().eventVersion()).isEqualTo(1);
        assertThat(second.timestamp()).isNull();
        assertThat(second.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
    }

    @Test
    void keeps_the_clients_ids_derives_those_of_a_request_and_makes_the_rest() {
        NewEvent own = event().toBuilder().setEventId("e1").build();

        List<dev.foldlog.core.event.NewEvent> derived = validator
                .validate(AppendRequest.newBuilder()
                        .setRequestId(REQUEST_ID.toString())
                        .addEvents(own)
                        .addEvents(event())
                        .build())
                .events();
        List<dev.foldlog.core.event.NewEvent> made =
                validator.validate(request(event())).events();

        assertThat(derived.get(0).idOrigin()).isEqualTo(IdOrigin.CLIENT);
        assertThat(derived.get(1).idOrigin()).isEqualTo(IdOrigin.REQUEST);
        assertThat(derived.get(1).facts().eventId()).isEqualTo(EventIds.derived(REQUEST_ID, 1));
        assertThat(made.getFirst().idOrigin()).isEqualTo(IdOrigin.SERVER);
        assertThat(UUID.fromString(made.getFirst().facts().eventId().text()).version())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1-1-1-1-1",
                "019b770012347abc8def0123456789ab",
                "019b7700-1234-7abc-8def-0123456789ag",
                "019b7700-1234-7abc-8def-0123456789abc",
                "{19b7700-1234-7abc-8def-0123456789ab}",
                "019b7700-1234-7abc-8def_0123456789ab",
                "０19b7700-1234-7abc-8def-0123456789ab"
            })
    void refuses_request_ids_that_are_no_uuid(String requestId) {
        assertThat(thrown(request(event()).toBuilder().setRequestId(requestId).build()))
                .satisfies(malformed("request_id"));
    }

    @Test
    void a_request_id_may_be_any_uuid_in_either_case() {
        String upper = REQUEST_ID.toString().toUpperCase(java.util.Locale.ROOT);

        assertThat(idOf(request(event()).toBuilder().setRequestId(upper).build()))
                .isEqualTo(idOf(request(event()).toBuilder()
                        .setRequestId(REQUEST_ID.toString())
                        .build()));
    }

    private EventId idOf(AppendRequest request) {
        return validator.validate(request).events().getFirst().facts().eventId();
    }

    @Test
    void refuses_an_id_that_occurs_twice_given_or_derived() {
        NewEvent own = event().toBuilder().setEventId("e1").build();
        NewEvent likeDerived = event().toBuilder()
                .setEventId(EventIds.derived(REQUEST_ID, 0).text())
                .build();

        assertThat(thrown(request(own, event(), own))).satisfies(malformed("events[2].event_id"));
        assertThat(thrown(request(event(), likeDerived).toBuilder()
                        .setRequestId(REQUEST_ID.toString())
                        .build()))
                .satisfies(malformed("events[1].event_id"));
    }

    @Test
    void collects_every_violation_of_every_event() {
        NewEvent empty = NewEvent.getDefaultInstance();

        ApiException thrown = thrown(AppendRequest.newBuilder()
                .addEvents(event())
                .addEvents(empty)
                .addPreconditions(dev.foldlog.v1.Precondition.getDefaultInstance())
                .setRequestId("x")
                .build());

        assertThat(Judged.paths(thrown))
                .containsExactlyInAnyOrder(
                        "request_id",
                        "events[1].action",
                        "events[1].producer",
                        "events[1].artifact_id",
                        "events[1].artifact_type",
                        "preconditions[0]");
        assertThat(thrown.metadata()).containsEntry("violation_count", "6");
    }

    @Test
    void checks_each_field_of_an_event() {
        assertRefused("events[0].event_id", it -> it.setEventId("\u0000"));
        assertRefused("events[0].action", it -> it.setAction("a b"));
        assertRefused("events[0].producer", it -> it.setProducer("\u0000"));
        assertRefused("events[0].artifact_id", it -> it.setArtifactId("a\u0000"));
        assertRefused("events[0].artifact_type", it -> it.setArtifactType("a/b"));
        assertRefused("events[0].thread_id", it -> it.setThreadId("\u0000"));
        assertRefused("events[0].partition_key", it -> it.setPartitionKey("\u0000"));
        assertRefused("events[0].event_version", it -> it.setEventVersion(-1));
        assertRefused(
                "events[0].timestamp.nanos",
                it -> it.setTimestamp(Timestamp.newBuilder().setNanos(-1)));
        assertRefused("events[0].metadata", it -> it.putMetadata("$x", "y"));
        assertRefused("events[0].metadata", it -> it.putMetadata("x", "\u0000"));
        assertRefused("events[0].metadata", it -> it.putMetadata("\u0000", "x"));
        assertRefused("events[0].tags[1]", it -> it.addTags("a").addTags(""));
        assertRefused("events[0].tags[0]", it -> it.addTags("a\u0000"));
        assertRefused("events[0].payload.json", it -> it.getPayloadBuilder().setJson("[]"));
        assertRefused("events[0].payload.json", it -> it.getPayloadBuilder().setJson(""));
        assertRefused(
                "events[0].payload.json_object.a", it -> it.getPayloadBuilder().setJsonObject(number(Double.NaN)));
        assertRefused(
                "events[0].payload.content_type", it -> it.getPayloadBuilder().setContentType("a/b"));
        assertRefused(
                "events[0].payload.content_type",
                it -> it.getPayloadBuilder().setJson("{}").setContentType("a/b"));
        assertRefused(
                "events[0].payload.content_type",
                it -> it.getPayloadBuilder().setData(ByteString.EMPTY).setContentType("\u0000"));
    }

    private void assertRefused(String path, Consumer<NewEvent.Builder> change) {
        NewEvent.Builder event = event().toBuilder();
        change.accept(event);
        assertThat(thrown(request(event.build()))).satisfies(malformed(path));
    }

    @Test
    void what_the_comments_allow_is_accepted() {
        assertAccepted(it -> it.setEventVersion(Integer.MAX_VALUE));
        assertAccepted(it -> it.setTimestamp(Timestamp.getDefaultInstance()));
        assertAccepted(it -> it.setProducer("any 😀 text\n").setArtifactId("é").setThreadId(" "));
        assertAccepted(it -> it.putMetadata("", "").putMetadata("a$", "$x"));
        assertAccepted(it -> IntStream.range(0, 64).forEach(i -> it.putMetadata("k" + i, "")));
        assertAccepted(it -> IntStream.range(0, 32).forEach(i -> it.addTags("t" + i % 16)));
        assertAccepted(it -> it.getPayloadBuilder().setData(ByteString.EMPTY));
        assertAccepted(it -> it.getPayloadBuilder().setJsonObject(number(1)));
    }

    private void assertAccepted(Consumer<NewEvent.Builder> change) {
        NewEvent.Builder event = event().toBuilder();
        change.accept(event);
        assertThat(validator.validate(request(event.build())).events()).hasSize(1);
    }

    @Test
    void knows_the_limits_of_an_event() {
        assertOverLimit(
                "max_metadata_entries", 65, 64, it -> IntStream.range(0, 65).forEach(i -> it.putMetadata("k" + i, "")));
        assertOverLimit("max_tags", 17, 16, it -> IntStream.range(0, 17).forEach(i -> it.addTags("t" + i)));
        assertOverLimit(
                "max_payload_bytes", 1_001, 1_000, it -> it.getPayloadBuilder().setJson("{" + " ".repeat(999) + "}"));
        assertOverLimit(
                "max_payload_bytes",
                1_003,
                1_000,
                it -> it.getPayloadBuilder().setJson("{\"a\":\"" + "é".repeat(497) + "x\"}"));
        assertOverLimit(
                "max_payload_bytes",
                1_001,
                1_000,
                it -> it.getPayloadBuilder().setData(ByteString.copyFrom(new byte[1_001])));
        assertOverLimit(
                "max_payload_bytes",
                1_008,
                1_000,
                it -> it.getPayloadBuilder()
                        .setJsonObject(Struct.newBuilder()
                                .putFields(
                                        "a",
                                        Value.newBuilder()
                                                .setStringValue("x".repeat(1_000))
                                                .build())));
        assertOverLimit(
                "max_payload_levels",
                101,
                100,
                it -> it.getPayloadBuilder().setJson("{\"a\":".repeat(100) + "{}" + "}".repeat(100)));
        assertOverLimit("max_action_bytes", 129, 128, it -> it.setAction("x".repeat(129)));
        assertOverLimit("max_tag_bytes", 129, 128, it -> it.addTags("x".repeat(129)));
    }

    @Test
    void metadata_has_16_KiB_in_all() {
        AppendValidator standard = new AppendValidator(
                Limits.standard(), new EventIds(InstantSource.fixed(NOW), new Random(1)), () -> NOW, EXPRESSIONS);
        NewEvent full = event().toBuilder()
                .putMetadata("a", "x".repeat(8_000))
                .putMetadata("b", "é".repeat(4_191))
                .build();

        assertThat(standard.validate(request(full)).events()).hasSize(1);
        assertThat(catchThrowableOfType(
                                ApiException.class,
                                () -> standard.validate(request(
                                        full.toBuilder().putMetadata("c", "").build())))
                        .metadata())
                .containsEntry("limit", "max_metadata_bytes")
                .containsEntry("actual", "16385");
    }

    @Test
    void a_payload_may_be_as_large_as_the_limit() {
        assertAccepted(it -> it.getPayloadBuilder().setJson("{" + " ".repeat(998) + "}"));
        assertAccepted(it -> it.getPayloadBuilder().setData(ByteString.copyFrom(new byte[1_000])));
    }

    private void assertOverLimit(String limit, long actual, long max, Consumer<NewEvent.Builder> change) {
        NewEvent.Builder event = event().toBuilder();
        change.accept(event);
        ApiException thrown = thrown(request(event.build()));
        assertThat(thrown.reason()).isEqualTo(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED);
        assertThat(thrown.metadata())
                .containsEntry("limit", limit)
                .containsEntry("actual", Long.toString(actual))
                .containsEntry("max", Long.toString(max));
        assertThat(thrown.metadata().get("field")).startsWith("events[0].");
    }

    @Test
    void knows_the_limits_of_a_request() {
        AppendRequest.Builder many = AppendRequest.newBuilder();
        IntStream.range(0, 21).forEach(i -> many.addEvents(event()));
        AppendRequest.Builder large = AppendRequest.newBuilder();
        IntStream.range(0, 15)
                .forEach(i -> large.addEvents(
                        event().toBuilder().setPayload(Payload.newBuilder().setJson("{" + " ".repeat(900) + "}"))));
        AppendRequest.Builder conditions = request(event()).toBuilder();
        IntStream.range(0, 1_001).forEach(i -> conditions.addPreconditionsBuilder());
        AppendRequest.Builder checkpoints = request(event()).toBuilder();
        IntStream.range(0, 17).forEach(i -> checkpoints.addCheckpointsBuilder().setName("c" + i));

        assertThat(thrown(many.build()).metadata())
                .containsEntry("limit", "max_append_events")
                .containsEntry("actual", "21")
                .containsEntry("max", "20")
                .containsEntry("field", "events");
        assertThat(thrown(large.build()).metadata())
                .containsEntry("limit", "max_append_bytes")
                .containsEntry("max", "10000")
                .doesNotContainKey("field");
        assertThat(thrown(conditions.build()).metadata()).containsEntry("limit", "max_append_preconditions");
        assertThat(thrown(checkpoints.build()).metadata()).containsEntry("limit", "max_append_checkpoints");
        assertThat(thrown(AppendRequest.getDefaultInstance())).satisfies(malformed("events"));
    }

    @Test
    void refuses_a_time_too_far_ahead() {
        NewEvent tomorrow = event().toBuilder()
                .setTimestamp(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() + 86_400))
                .build();
        NewEvent later = event().toBuilder()
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(NOW.getEpochSecond() + 86_400)
                        .setNanos(1))
                .build();

        assertThat(validator.validate(request(tomorrow)).events()).hasSize(1);
        assertThat(thrown(request(later)).reason()).isEqualTo(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD);
        assertThat(thrown(request(later)).metadata())
                .containsEntry("field", "events[0].timestamp")
                .containsEntry("max", "2026-01-02T00:00:00Z");
    }

    @Test
    void carries_preconditions_over() {
        AppendRequest.Builder request = request(event()).toBuilder();
        request.addPreconditionsBuilder()
                .setPartition(
                        PartitionCondition.newBuilder().setPartitionKey("p").setSequence(0));
        request.addPreconditionsBuilder()
                .setPartition(
                        PartitionCondition.newBuilder().setPartitionKey("q").setExists(false));
        request.addPreconditionsBuilder()
                .setNoEventsMatching(NoEventsMatching.newBuilder()
                        .setFilter(EventFilter.newBuilder().addTags("t"))
                        .setAfterPosition(7));

        assertThat(validator.validate(request.build()).preconditions())
                .containsExactly(
                        new Precondition.PartitionAt("p", Sequence.NONE),
                        new Precondition.PartitionExists("q", false),
                        new Precondition.NoneMatching(
                                new dev.foldlog.core.read.EventFilter(
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        null,
                                        null,
                                        Set.of("t"),
                                        List.of()),
                                new Position(7)));
    }

    @Test
    void checks_each_field_of_a_precondition() {
        assertConditionRefused("preconditions[0]", it -> it.clearCondition());
        assertConditionRefused(
                "preconditions[0].partition", it -> it.getPartitionBuilder().setPartitionKey("p"));
        assertConditionRefused(
                "preconditions[0].partition.partition_key",
                it -> it.getPartitionBuilder().setExists(true));
        assertConditionRefused(
                "preconditions[0].partition.sequence",
                it -> it.getPartitionBuilder().setPartitionKey("p").setSequence(-1));
        assertConditionRefused(
                "preconditions[0].no_events_matching.after_position",
                it -> it.getNoEventsMatchingBuilder().setAfterPosition(-1));
        assertConditionRefused(
                "preconditions[0].no_events_matching.filter.tags[0]",
                it -> it.getNoEventsMatchingBuilder().getFilterBuilder().addTags(""));
    }

    private void assertConditionRefused(String path, Consumer<dev.foldlog.v1.Precondition.Builder> change) {
        AppendRequest.Builder request = request(event()).toBuilder();
        change.accept(request.addPreconditionsBuilder());
        assertThat(thrown(request.build())).satisfies(malformed(path));
    }

    @Test
    void carries_checkpoints_over_and_refuses_a_name_twice() {
        AppendRequest.Builder request = request(event()).toBuilder();
        request.addCheckpointsBuilder().setName("a").setPosition(5).setExpectedPosition(0);
        request.addCheckpointsBuilder().setName("b");

        assertThat(validator.validate(request.build()).checkpoints())
                .containsExactly(
                        new CheckpointMove("a", new Position(5), Position.NONE, false),
                        new CheckpointMove("b", Position.NONE, null, false));
        request.addCheckpointsBuilder().setName("a");
        assertThat(thrown(request.build())).satisfies(malformed("checkpoints[2].name"));
    }

    @Test
    void checks_each_field_of_a_checkpoint() {
        AppendRequest.Builder request = request(event()).toBuilder();
        request.addCheckpointsBuilder().setName("a b").setPosition(-1).setExpectedPosition(-2);

        assertThat(Judged.paths(thrown(request.build())))
                .containsExactlyInAnyOrder(
                        "checkpoints[0].name", "checkpoints[0].position", "checkpoints[0].expected_position");
    }

    private ApiException thrown(AppendRequest request) {
        ApiException thrown = catchThrowableOfType(ApiException.class, () -> validator.validate(request));
        assertThat(thrown).as("%s", request).isNotNull();
        return thrown;
    }

    private static Consumer<ApiException> malformed(String path) {
        return thrown -> {
            assertThat(thrown.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
            assertThat(Judged.paths(thrown)).containsExactly(path);
        };
    }

    private static Struct number(double number) {
        return Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(number).build())
                .build();
    }

    private static AppendRequest request(NewEvent... events) {
        return AppendRequest.newBuilder().addAllEvents(List.of(events)).build();
    }

    private static NewEvent event() {
        return NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("me")
                .setArtifactId("a-1")
                .setArtifactType("completion")
                .build();
    }
}
