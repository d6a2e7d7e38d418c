package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Events.recorded;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.moves;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_LIMIT_EXCEEDED;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Limits: what is at one is taken, what is over is refused with the limit, what was sent, and the maximum. */
public abstract class LimitsSuite extends ConformanceSuite {
    protected LimitsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_payload_of_json() {
        int max = (int) fixture().limits().getMaxPayloadBytes();
        NewEvent.Builder atLimit = event("a").setPayload(jsonOfBytes(max));
        NewEvent.Builder over = event("a").setPayload(jsonOfBytes(max + 1));

        assertOver("events[1].payload", max + 1L, max, () -> client().append(event("a"), over));
        client().append(atLimit);
        assertThat(client().everything().getFirst().getPayload().getJson()).hasSize(max);
    }

    @Test
    @Needs(Capability.PAYLOAD_DATA)
    void a_payload_of_bytes() {
        int max = (int) fixture().limits().getMaxPayloadBytes();
        Payload atLimit =
                Payload.newBuilder().setData(ByteString.copyFrom(new byte[max])).build();
        Payload over = Payload.newBuilder()
                .setData(ByteString.copyFrom(new byte[max + 1]))
                .build();

        assertOver(
                "events[0].payload",
                max + 1L,
                max,
                () -> client().append(event("a").setPayload(over)));
        client().append(event("a").setPayload(atLimit));
        assertThat(client().everything().getFirst().getPayload()).isEqualTo(atLimit);
    }

    @Test
    void events_of_an_append() {
        int max = fixture().limits().getMaxAppendEvents();

        assertOver("events", max + 1L, max, () -> client().append(append(numbered("a", max + 1))));
        assertThat(client().head()).isZero();
        assertThat(client().append(append(numbered("a", max))).getEventsCount()).isEqualTo(max);
    }

    @Test
    void bytes_of_an_append() {
        String partition = uuid();
        long max = fixture().limits().getMaxAppendBytes();
        int payload = (int) Math.min(fixture().limits().getMaxPayloadBytes(), max / 2);
        AppendRequest.Builder request = append();
        while (request.build().getSerializedSize() <= max) {
            request.addEvents(event(partition).setPayload(jsonOfBytes(payload)));
        }

        Refusal refusal =
                Refusal.of(ERROR_REASON_LIMIT_EXCEEDED, () -> wireClient().append(request));
        assertThat(refusal.metadata())
                .containsEntry("actual", Integer.toString(request.build().getSerializedSize()))
                .containsEntry("max", Long.toString(max))
                .containsKey("limit");
        assertThat(client().head()).isZero();
        wireClient().append(request.removeEvents(0));
        assertThat(wireClient().partition(partition).getLastSequence()).isEqualTo(request.getEventsCount());
    }

    @Test
    void preconditions_of_an_append() {
        AppendRequest.Builder request = append(event("a"));
        IntStream.range(0, 1001).forEach(it -> request.addPreconditions(exists("p" + it, false)));

        assertOver("preconditions", 1001, 1000, () -> client().append(request));
        assertThat(client().head()).isZero();
        client().append(request.removePreconditions(0));
    }

    @Test
    @Needs(Capability.APPEND_CHECKPOINTS)
    void checkpoints_of_an_append() {
        AppendRequest.Builder request = append(event("a"));
        IntStream.range(0, 17).forEach(it -> request.addCheckpoints(moves("c" + it, 0)));

        assertOver("checkpoints", 17, 16, () -> client().append(request));
        assertThat(client().head()).isZero();
    }

    @Test
    void metadata_and_tags_of_an_event() {
        NewEvent.Builder entries = event("a");
        IntStream.range(0, 64).forEach(it -> entries.putMetadata("key" + it, "v"));
        NewEvent.Builder bytes = event("a").putMetadata("k", "v".repeat(16 * 1024 - 1));
        NewEvent.Builder tags = event("a");
        IntStream.range(0, 16).forEach(it -> tags.addTags("tag" + it));

        assertOver(
                "events[0].metadata",
                65,
                64,
                () -> client().append(entries.clone().putMetadata("one more", "")));
        assertOver(
                "events[0].metadata",
                16 * 1024 + 1,
                16 * 1024,
                () -> client().append(bytes.clone().putMetadata("k", "v".repeat(16 * 1024))));
        assertOver("events[0].tags", 17, 16, () -> client().append(tags.clone().addTags("one more")));
        client().append(entries, bytes, tags);
        assertThat(client().everything()).hasSize(3);
    }

    @Test
    void texts_at_their_limits_come_back() {
        String unique = uuid().substring(0, 8);
        String bytes128 = "ü".repeat(60) + unique;
        String bytes256 = "🙂".repeat(62) + unique;
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(bytes128)
                .setAction("a".repeat(128))
                .setProducer(bytes256)
                .setArtifactId(bytes256)
                .setArtifactType("Z".repeat(128))
                .setThreadId(bytes256)
                .setPartitionKey(bytes256 + bytes256)
                .setPayload(json("{}"));
        IntStream.range(10, 26).forEach(it -> event.addTags("ü".repeat(63) + it));
        long before = wireClient().head();
        AppendRequest request = append(event, event(unique)).build();
        List<RecordedEvent> expected = recorded(request, wireClient().append(request));

        assertThat(wireClient().events(readAll().setAfterPosition(before))).isEqualTo(expected);
        assertThat(wireClient().events(readStream(bytes256 + bytes256))).containsExactly(expected.getFirst());
        assertThat(wireClient().event(bytes128)).isEqualTo(expected.getFirst());
        assertThat(wireClient()
                        .events(readAll()
                                .setFilter(EventFilter.newBuilder()
                                        .addAllTags(event.getTagsList())
                                        .addPartitionKeys(bytes256 + bytes256))))
                .containsExactly(expected.getFirst());
    }

    @TestFactory
    Stream<DynamicTest> values_of_a_filter_in() {
        Map<String, Integer> maxima = new LinkedHashMap<>();
        maxima.put("partition_keys", 1000);
        maxima.put("actions", 100);
        maxima.put("artifact_types", 100);
        maxima.put("artifact_ids", 1000);
        maxima.put("thread_ids", 1000);
        maxima.put("producers", 100);
        maxima.put("tags", 16);
        return maxima.entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    int max = it.getValue();
                    var field = EventFilter.getDescriptor().findFieldByName(it.getKey());
                    BiConsumer<EventFilter.Builder, Integer> fill = (filter, count) ->
                            IntStream.range(0, count).forEach(i -> filter.addRepeatedField(field, "v" + i));
                    EventFilter.Builder atLimit = EventFilter.newBuilder();
                    fill.accept(atLimit, max);
                    EventFilter.Builder over = EventFilter.newBuilder();
                    fill.accept(over, max + 1);

                    String path = "filter." + it.getKey();
                    assertOver(
                            path,
                            max + 1L,
                            max,
                            () -> client().answers(readAll().setFilter(over)));
                    assertOver(
                            "filter.any_of[0]." + it.getKey(),
                            max + 1L,
                            max,
                            () -> client().answers(readAll()
                                    .setFilter(EventFilter.newBuilder().addAnyOf(over))));
                    assertThat(client().answers(readAll().setFilter(atLimit))).hasSize(1);
                }));
    }

    @Test
    void alternatives_and_all_values_of_a_filter() {
        EventFilter.Builder alternatives = EventFilter.newBuilder();
        IntStream.range(0, 100)
                .forEach(it -> alternatives.addAnyOf(EventFilter.newBuilder().addTags("t" + it)));
        EventFilter.Builder thousand = EventFilter.newBuilder();
        IntStream.range(0, 1000).forEach(it -> thousand.addArtifactIds("a" + it));
        EventFilter.Builder manyValues = EventFilter.newBuilder();
        IntStream.range(0, 9).forEach(it -> manyValues.addAnyOf(thousand));
        EventFilter.Builder tooManyValues =
                manyValues.clone().addAnyOf(thousand).addAnyOf(thousand);

        assertOver(
                "filter.any_of",
                101,
                100,
                () -> client().answers(readAll()
                        .setFilter(alternatives
                                .clone()
                                .addAnyOf(EventFilter.newBuilder().addTags("one more")))));
        Refusal refusal = Refusal.of(
                ERROR_REASON_LIMIT_EXCEEDED, () -> client().answers(readAll().setFilter(tooManyValues)));
        assertThat(refusal.metadata()).containsEntry("max", "10000");
        assertThat(client().answers(readAll().setFilter(alternatives))).hasSize(1);
        assertThat(client().answers(readAll().setFilter(manyValues))).hasSize(1);
    }

    @Test
    void subscriptions() {
        int max = fixture().limits().getMaxSubscriptions();
        List<Subscription> open = new ArrayList<>();
        try {
            for (int i = 0; i < max; i++) {
                Subscription subscription = client().subscribe(subscribe());
                open.add(subscription);
                subscription.confirmed();
            }
            Refusal refusal = Refusal.of(ERROR_REASON_OVERLOADED, () -> {
                try (Subscription oneMore = client().subscribe(subscribe())) {
                    oneMore.next();
                }
            });
            assertThat(refusal.detail(RetryInfo.class).getRetryDelay().getSeconds())
                    .isNotNegative();
            long position = client().append(event("a")).getPosition();
            assertThat(open)
                    .allSatisfy(it -> assertThat(it.eventsThrough(position)).hasSize(1));
        } finally {
            open.forEach(Subscription::close);
        }
    }

    private static Payload jsonOfBytes(int bytes) {
        return json("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }

    private static void assertOver(String field, long actual, long max, ThrowingCallable call) {
        Refusal refusal = Refusal.of(ERROR_REASON_LIMIT_EXCEEDED, call);
        assertThat(refusal.metadata())
                .containsEntry("actual", Long.toString(actual))
                .containsEntry("max", Long.toString(max))
                .containsKey("limit");
        assertThat(refusal.metadata().get("field")).startsWith(field);
    }
}
