package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.everyField;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Events.recorded;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How events are delivered: ReadOptions, and the size of batches. */
public abstract class DeliverySuite extends ConformanceSuite {
    protected DeliverySuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> headers_only_leaves_payload_and_metadata_out_of() {
        AppendRequest request = append(everyField()).build();
        AppendResponse response = client().append(request);
        return Stream.of(EventPath.values())
                .map(path -> DynamicTest.dynamicTest(path.name(), () -> {
                    RecordedEvent whole = recorded(request, response).getFirst();
                    RecordedEvent header =
                            whole.toBuilder().clearPayload().clearMetadata().build();
                    ReadOptions options =
                            ReadOptions.newBuilder().setHeadersOnly(true).build();
                    assertThat(path.fetch(client(), whole, options)).isEqualTo(header);
                }));
    }

    @TestFactory
    Stream<DynamicTest> json_is_delivered_as_struct_by() {
        AppendRequest request = append(identified("a")
                        .putMetadata("k", "v")
                        .setPayload(json("{\"s\":\"ü\",\"n\":1.5,\"i\":7,\"t\":true,\"z\":null,\"a\":[1,{\"b\":[]}]}")))
                .build();
        AppendResponse response = client().append(request);
        return Stream.of(EventPath.values())
                .map(path -> DynamicTest.dynamicTest(path.name(), () -> {
                    RecordedEvent expected = recorded(request, response).getFirst().toBuilder()
                            .setPayload(Payload.newBuilder().setJsonObject(Structs.example()))
                            .build();
                    assertThat(path.fetch(client(), expected, form(PayloadForm.PAYLOAD_FORM_STRUCT)))
                            .isEqualTo(expected);
                    assertThat(path.fetch(client(), expected, form(PayloadForm.PAYLOAD_FORM_JSON))
                                    .getPayload())
                            .isEqualTo(request.getEvents(0).getPayload());
                }));
    }

    @Test
    @Needs(Capability.PAYLOAD_DATA)
    void opaque_payloads_have_no_other_form() {
        Payload opaque = Payload.newBuilder()
                .setData(ByteString.copyFromUtf8("{\"a\":1}"))
                .setContentType("application/json")
                .build();
        client().append(event("a").setPayload(opaque));

        for (PayloadForm form : List.of(PayloadForm.PAYLOAD_FORM_STRUCT, PayloadForm.PAYLOAD_FORM_JSON)) {
            assertThat(client().events(readAll().setOptions(form(form)))
                            .getFirst()
                            .getPayload())
                    .isEqualTo(opaque);
        }
    }

    @Test
    void a_payload_that_grows_over_a_mebibyte_as_struct_stays_json() {
        String text = "{\"a\":[" + "1,".repeat(200_000) + "1]}";
        client().append(event("a").setPayload(json(text)), event("a").setPayload(json("{\"a\":1}")));

        List<RecordedEvent> events = client().events(readAll().setOptions(form(PayloadForm.PAYLOAD_FORM_STRUCT)));
        assertThat(events.getFirst().getPayload().getJson().equals(text))
                .as("the large payload is json, byte for byte")
                .isTrue();
        assertThat(events.getLast().getPayload().hasJsonObject()).isTrue();
    }

    @Test
    void batches_hold_no_more_events_than_asked_for() {
        client().append(append(numbered("a", 25)));
        ReadOptions options = ReadOptions.newBuilder().setMaxBatchEvents(4).build();

        assertBatches(
                4,
                25,
                client().answers(readAll().setOptions(options)).stream()
                        .map(ReadAllResponse::getEventsList)
                        .toList());
        assertBatches(
                4,
                25,
                client().answers(readStream("a").setOptions(options)).stream()
                        .map(ReadStreamResponse::getEventsList)
                        .toList());
        assertBatches(
                4,
                25,
                client().answers(readSince("a", Timestamp.getDefaultInstance()).setOptions(options)).stream()
                        .map(ReadStreamSinceResponse::getEventsList)
                        .toList());
        try (Subscription subscription = client().subscribe(subscribe().setOptions(options))) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            assertBatches(
                    4,
                    25,
                    subscription.seen().stream()
                            .map(it -> it.getBatch().getEventsList())
                            .toList());
        }
    }

    @Test
    void batches_hold_no_more_events_than_the_server_allows() {
        int max = fixture().limits().getMaxBatchEvents();
        int count = 2 * max + 1;
        List<NewEvent> events = numbered("a", count);
        int maxAppend = fixture().limits().getMaxAppendEvents();
        for (int from = 0; from < count; from += maxAppend) {
            client().append(append(events.subList(from, Math.min(count, from + maxAppend))));
        }

        for (int asked : List.of(0, max + 1, Integer.MAX_VALUE)) {
            ReadOptions options =
                    ReadOptions.newBuilder().setMaxBatchEvents(asked).build();
            assertBatches(
                    max,
                    count,
                    client().answers(readAll().setOptions(options)).stream()
                            .map(ReadAllResponse::getEventsList)
                            .toList());
        }
    }

    @Test
    void batches_stay_near_the_target_of_bytes_and_a_larger_event_goes_alone() {
        long target = fixture().limits().getMaxBatchBytes();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sizes.add((int) target * (1 + i % 3) / 5);
        }
        sizes.add(6, (int) Math.min(2 * target, fixture().limits().getMaxPayloadBytes()));
        sizes.forEach(it -> client().append(event("a").setPayload(jsonOfBytes(it))));

        List<List<RecordedEvent>> batches = client().answers(readStream("a")).stream()
                .map(ReadStreamResponse::getEventsList)
                .toList();
        assertThat(batches.stream()
                        .flatMap(List::stream)
                        .map(it -> it.getPayload().getJson().length()))
                .containsExactlyElementsOf(sizes);
        assertThat(batches)
                .allMatch(it -> it.size() <= 1
                        || it.stream()
                                        .mapToLong(e -> e.getPayload().getJson().length())
                                        .sum()
                                <= target);
    }

    private static Payload jsonOfBytes(int bytes) {
        return json("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }

    private static ReadOptions form(PayloadForm form) {
        return ReadOptions.newBuilder().setPayloadForm(form).build();
    }

    private static void assertBatches(int max, int count, List<List<RecordedEvent>> batches) {
        assertThat(batches).allMatch(it -> it.size() <= max);
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(count);
    }
}
