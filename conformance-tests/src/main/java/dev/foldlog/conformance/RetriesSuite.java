package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.everyField;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_REQUEST_ID_REUSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Appends sent again: the same content answers the first positions, other content is refused. */
public abstract class RetriesSuite extends ConformanceSuite {
    protected RetriesSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_repeat_with_the_same_event_ids_answers_the_first_places() {
        assertReplays(append(identified("a"), everyField(), identified("b"), identified("a")));
    }

    @Test
    void a_repeat_with_the_same_request_id_answers_the_first_places() {
        assertReplays(append(event("a"), everyField().clearEventId(), event("a"), event("b"))
                .setRequestId(uuid()));
    }

    @Test
    void a_repeat_with_request_id_and_some_event_ids_answers_the_first_places() {
        assertReplays(append(event("a"), identified("b"), event("c")).setRequestId(uuid()));
    }

    @TestFactory
    Stream<DynamicTest> other_content_under_the_same_event_id_is_refused_when_it_differs_in() {
        NewEvent original = everyField().build();
        AppendResponse stored = client().append(original.toBuilder());
        return differences().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    NewEvent.Builder other = it.getValue().apply(original.toBuilder());
                    Refusal refusal = Refusal.of(ERROR_REASON_EVENT_ID_CONFLICT, () -> client().append(other));
                    assertThat(refusal.metadata())
                            .containsEntry("event_id", original.getEventId())
                            .containsEntry("position", Long.toString(stored.getPosition()));
                    assertThat(client().head()).isEqualTo(stored.getPosition());
                    assertThat(client().append(original.toBuilder()).getReplayed())
                            .isTrue();
                }));
    }

    @TestFactory
    Stream<DynamicTest> other_content_under_the_same_request_id_is_refused_when_it_differs_in() {
        NewEvent original = everyField().clearEventId().build();
        AppendRequest request =
                append(original.toBuilder()).setRequestId(uuid()).build();
        AppendResponse stored = client().append(request);
        return differences().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    NewEvent.Builder other = it.getValue().apply(original.toBuilder());
                    Refusal.of(
                            ERROR_REASON_REQUEST_ID_REUSED,
                            () -> client().append(request.toBuilder().setEvents(0, other)));
                    assertThat(client().head()).isEqualTo(stored.getPosition());
                    assertThat(client().append(request).getReplayed()).isTrue();
                }));
    }

    @Test
    @Needs(Capability.PAYLOAD_DATA)
    void a_payload_in_another_form_is_other_content() {
        NewEvent.Builder text = identified("a").setPayload(json("{}"));
        NewEvent.Builder bytes = text.clone().setPayload(Payload.newBuilder().setData(ByteString.copyFromUtf8("{}")));
        client().append(text);

        Refusal.of(ERROR_REASON_EVENT_ID_CONFLICT, () -> client().append(bytes));
        assertThat(client().everything()).hasSize(1);
    }

    @Test
    void a_request_id_with_another_number_of_events_is_refused() {
        AppendRequest request =
                append(event("a"), event("b")).setRequestId(uuid()).build();
        client().append(request);

        Refusal.of(
                ERROR_REASON_REQUEST_ID_REUSED,
                () -> client().append(request.toBuilder().removeEvents(1)));
        Refusal.of(
                ERROR_REASON_REQUEST_ID_REUSED,
                () -> client().append(request.toBuilder().addEvents(event("c"))));
        assertThat(client().everything()).hasSize(2);
    }

    @Test
    void a_request_id_has_no_effect_when_every_event_has_an_id() {
        String requestId = uuid();
        client().append(append(identified("a")).setRequestId(requestId));
        AppendResponse other =
                client().append(append(identified("b"), identified("c")).setRequestId(requestId));

        assertThat(other.getReplayed()).isFalse();
        assertThat(client().everything()).hasSize(3);
    }

    @Test
    void an_append_of_which_only_some_events_are_stored_is_refused() {
        NewEvent.Builder stored = identified("a");
        long position = client().append(stored).getPosition();

        for (AppendRequest.Builder partial :
                List.of(append(stored, identified("a")), append(identified("b"), stored), append(stored, event("c")))) {
            Refusal refusal = Refusal.of(ERROR_REASON_EVENT_ID_CONFLICT, () -> client().append(partial));
            assertThat(refusal.metadata())
                    .containsEntry("event_id", stored.getEventId())
                    .containsEntry("position", Long.toString(position));
        }
        assertThat(client().everything()).hasSize(1);
    }

    @Test
    void events_stored_by_different_appends_are_answered_together() {
        NewEvent.Builder a = identified("a");
        NewEvent.Builder b = identified("b");
        AppendResponse first = client().append(a, event("x"));
        AppendResponse second = client().append(event("x"), b);

        AppendResponse both = client().append(a, b);
        assertThat(both.getReplayed()).isTrue();
        assertThat(both.getEventsList()).containsExactly(first.getEvents(0), second.getEvents(1));
        assertThat(client().append(b).getEventsList()).containsExactly(second.getEvents(1));
        assertThat(client().everything()).hasSize(4);
    }

    @Test
    void ids_come_before_preconditions() {
        AppendRequest.Builder request = append(identified("a")).addPreconditions(sequence("a", 0));
        AppendResponse first = client().append(request);

        AppendResponse again = client().append(request);
        assertThat(again).isEqualTo(first.toBuilder().setReplayed(true).build());
        NewEvent.Builder other = request.getEvents(0).toBuilder().setAction("reject");
        Refusal.of(
                ERROR_REASON_EVENT_ID_CONFLICT,
                () -> client().append(append(other).addPreconditions(sequence("a", 0))));
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void ids_come_before_boundaries() {
        AppendRequest.Builder request = append(identified("a").addTags("t"))
                .addPreconditions(noEventsMatching(EventFilter.newBuilder().addTags("t"), 0));
        AppendResponse first = client().append(request);

        assertThat(client().append(request))
                .isEqualTo(first.toBuilder().setReplayed(true).build());
    }

    @Test
    void what_was_left_to_the_server_is_not_compared() {
        NewEvent.Builder sparse = identified("a");
        AppendResponse first = client().append(sparse);
        client().append(event("a"));

        for (NewEvent.Builder same : List.of(
                sparse.clone(),
                sparse.clone().setEventVersion(1),
                sparse.clone().setPayload(json("{}")),
                sparse.clone().setPayload(Payload.getDefaultInstance()))) {
            assertThat(client().append(same))
                    .isEqualTo(first.toBuilder().setReplayed(true).build());
        }
    }

    @Test
    void the_order_of_metadata_is_no_content() {
        NewEvent.Builder event = identified("a");
        Map<String, String> metadata = new LinkedHashMap<>();
        Stream.of("b", "a", "d", "c", "z", "y").forEach(it -> metadata.put(it, it));
        client().append(event.clone().putAllMetadata(metadata));

        NewEvent.Builder reversed = event.clone();
        metadata.keySet().stream().sorted(Collections.reverseOrder()).forEach(it -> reversed.putMetadata(it, it));
        assertThat(client().append(reversed).getReplayed()).isTrue();
    }

    @Test
    void identical_appends_at_the_same_time_are_stored_once() {
        try (Together together = new Together(fixture().patience())) {
            for (int round = 0; round < 100; round++) {
                AppendRequest request =
                        append(numbered("p" + round, 1 + round % 3)).build();
                Callable<AppendResponse> task = () -> client().append(request);
                List<AppendResponse> answers = together.run(Collections.nCopies(4, task));

                assertThat(answers).filteredOn(it -> !it.getReplayed()).hasSize(1);
                assertThat(answers.stream().map(AppendResponse::getEventsList).distinct())
                        .hasSize(1);
            }
        }
        List<RecordedEvent> stored = client().everything();
        assertThat(stored).hasSize(34 + 2 * 33 + 3 * 33);
        assertThat(stored.stream().map(RecordedEvent::getEventId)).doesNotHaveDuplicates();
    }

    @Test
    void of_different_appends_under_one_id_at_the_same_time_one_is_stored() {
        try (Together together = new Together(fixture().patience())) {
            for (int round = 0; round < 60; round++) {
                NewEvent.Builder event = identified("a");
                List<Callable<Status.Code>> rivals = new ArrayList<>();
                for (int rival = 0; rival < 4; rival++) {
                    NewEvent.Builder own = event.clone().setProducer("rival-" + rival);
                    rivals.add(() -> codeOf(own));
                }
                assertThat(together.run(rivals))
                        .containsOnlyOnce(Status.Code.OK)
                        .containsOnly(Status.Code.OK, Status.Code.ALREADY_EXISTS);
            }
        }
        assertThat(client().everything()).hasSize(60);
    }

    private Status.Code codeOf(NewEvent.Builder event) {
        try {
            client().append(event);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private void assertReplays(AppendRequest.Builder request) {
        client().append(event("before"));
        AppendResponse first = client().append(request);
        client().append(event("a"), event("b"));
        long head = client().head();
        List<RecordedEvent> stored = client().everything();

        for (int i = 0; i < 3; i++) {
            assertThat(client().append(request))
                    .isEqualTo(first.toBuilder().setReplayed(true).build());
        }
        assertThat(first.getReplayed()).isFalse();
        assertThat(first.getEventsList()).hasSize(request.getEventsCount());
        assertThat(client().head()).isEqualTo(head);
        assertThat(client().everything()).isEqualTo(stored);
    }

    private static Map<String, UnaryOperator<NewEvent.Builder>> differences() {
        Map<String, UnaryOperator<NewEvent.Builder>> differences = new LinkedHashMap<>();
        differences.put("action", it -> it.setAction("reject"));
        differences.put("producer", it -> it.setProducer("another"));
        differences.put("artifact_id", it -> it.setArtifactId("another"));
        differences.put("artifact_type", it -> it.setArtifactType("another"));
        differences.put("thread_id", it -> it.setThreadId("another"));
        differences.put("thread_id left out", NewEvent.Builder::clearThreadId);
        differences.put("event_version", it -> it.setEventVersion(4));
        differences.put("partition_key", it -> it.setPartitionKey("another"));
        differences.put("timestamp", it -> it.setTimestamp(Times.time("2021-02-03T04:05:06.123456788Z")));
        differences.put("payload", it -> it.setPayload(json("{}")));
        differences.put(
                "white space of the payload",
                it -> it.setPayload(json(it.getPayload().getJson() + ' ')));
        differences.put("a value of metadata", it -> it.putMetadata("trace", "another"));
        differences.put("a key of metadata", it -> it.putMetadata("another", ""));
        differences.put("metadata left out", NewEvent.Builder::clearMetadata);
        differences.put("one more tag", it -> it.addTags("another"));
        differences.put("tags left out", NewEvent.Builder::clearTags);
        return differences;
    }
}
