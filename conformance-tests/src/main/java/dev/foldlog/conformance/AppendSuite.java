package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.everyField;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Events.recorded;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Append: what was sent comes back whole from everywhere, in one order, all of an append or nothing. */
public abstract class AppendSuite extends ConformanceSuite {
    protected AppendSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> every_field_comes_back_from() {
        AppendRequest request =
                append(event("before"), everyField(), event("after")).build();
        AppendResponse response = client().append(request);
        return Stream.of(EventPath.values())
                .map(path -> DynamicTest.dynamicTest(path.name(), () -> {
                    RecordedEvent expected = recorded(request, response).get(1);
                    assertThat(path.fetch(client(), expected, ReadOptions.getDefaultInstance()))
                            .isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_the_client_left_out_is_filled_in_for() {
        AppendRequest request = append(event()).build();
        AppendResponse response = client().append(request);
        return Stream.of(EventPath.values())
                .map(path -> DynamicTest.dynamicTest(path.name(), () -> {
                    RecordedEvent expected = recorded(request, response).getFirst();
                    RecordedEvent actual = path.fetch(client(), expected, ReadOptions.getDefaultInstance());
                    assertThat(actual).isEqualTo(expected);
                    assertThat(actual.getEventVersion()).isEqualTo(1);
                    assertThat(actual.getPayload()).isEqualTo(json("{}"));
                    assertThat(actual.getTimestamp()).isEqualTo(actual.getRecordedAt());
                }));
    }

    @Test
    @Needs(Capability.PAYLOAD_DATA)
    void opaque_payloads_come_back_byte_for_byte() {
        byte[] everyByte = new byte[256];
        IntStream.range(0, everyByte.length).forEach(it -> everyByte[it] = (byte) it);
        Payload.Builder typed = Payload.newBuilder()
                .setData(ByteString.copyFrom(everyByte))
                .setContentType("application/x-protobuf; messageType=acme.Order");
        Payload.Builder empty = Payload.newBuilder().setData(ByteString.EMPTY);
        Payload.Builder likeJson = Payload.newBuilder().setData(ByteString.copyFromUtf8("{\"a\":1}"));

        AppendRequest request = append(
                        identified("a").setPayload(typed),
                        identified("a").setPayload(empty),
                        identified("a").setPayload(likeJson))
                .build();
        AppendResponse response = client().append(request);

        assertThat(client().events(readStream("a"))).isEqualTo(recorded(request, response));
        assertThat(client().event(request.getEvents(0).getEventId()))
                .isEqualTo(recorded(request, response).getFirst());
    }

    @Test
    void the_answer_says_where_each_event_went() {
        AppendResponse first = client().append(event("a"), event("b"), event("a"));
        AppendResponse second = client().append(event("b"), event("c"), event("a"));

        assertThat(places(first)).containsExactly("a:1", "b:1", "a:2");
        assertThat(places(second)).containsExactly("b:2", "c:1", "a:3");
        assertThat(first.getReplayed()).isFalse();
        assertThat(first.getPosition()).isEqualTo(first.getEvents(2).getPosition());
        assertThat(second.getEvents(0).getPosition()).isGreaterThan(first.getPosition());
        List<RecordedEvent> stored = client().everything();
        assertThat(stored.stream().map(RecordedEvent::getPosition))
                .containsExactlyElementsOf(Stream.of(first, second)
                        .flatMap(it -> positions(it).stream())
                        .toList());
        assertThat(stored.stream().map(RecordedEvent::getTransactionPosition))
                .containsExactly(
                        first.getEvents(0).getPosition(),
                        first.getEvents(0).getPosition(),
                        first.getEvents(0).getPosition(),
                        second.getEvents(0).getPosition(),
                        second.getEvents(0).getPosition(),
                        second.getEvents(0).getPosition());
    }

    @Test
    void positions_and_recording_times_never_go_back_and_sequences_have_no_gap() {
        List<AppendedEvent> appended = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            AppendRequest.Builder request = AppendRequest.newBuilder();
            for (int j = 0; j <= i % 4; j++) {
                request.addEvents(
                        event("p" + (i * j) % 5).setTimestamp(Times.timestamp(Instant.ofEpochSecond(1_000 - i))));
            }
            appended.addAll(client().append(request).getEventsList());
        }

        List<RecordedEvent> stored = client().everything();
        assertThat(stored).hasSize(150);
        assertThat(stored.getFirst().getPosition()).isPositive();
        assertThat(Events.positions(stored))
                .isEqualTo(appended.stream().map(AppendedEvent::getPosition).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(stored.stream().map(it -> Times.instant(it.getRecordedAt())).toList())
                .isEqualTo(appended.stream()
                        .map(it -> Times.instant(it.getRecordedAt()))
                        .toList())
                .isSorted();
        for (int p = 0; p < 5; p++) {
            List<RecordedEvent> partition = client().events(readStream("p" + p));
            assertThat(Events.sequences(partition))
                    .isNotEmpty()
                    .isEqualTo(Stream.iterate(1L, it -> it + 1)
                            .limit(partition.size())
                            .toList());
        }
    }

    @Test
    void an_append_over_many_partitions_is_stored_whole_or_not_at_all() {
        NewEvent.Builder taken = identified("z");
        client().append(taken);
        long head = client().head();

        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(identified("p" + i).build());
        }
        events.add(taken.setAction("reject").build());
        Refusal.of(ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT, () -> client().append(append(events)));
        events.removeLast();
        Refusal.of(
                ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(append(events).addPreconditions(sequence("z", 7))));
        events.add(event("p1").setAction("").build());
        Refusal.of(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> client().append(append(events)));

        assertThat(client().head()).isEqualTo(head);
        assertThat(client().partition("p0").getLastSequence()).isZero();
        events.removeLast();
        AppendResponse response = client().append(append(events));
        assertThat(response.getEventsList()).hasSize(20).allMatch(it -> it.getSequence() == 1);
        assertThat(Events.positions(client().everything()))
                .hasSize(21)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(positions(response).toArray(Long[]::new));
    }

    @Test
    void ids_made_by_the_server_are_different_time_ordered_uuids() {
        AppendResponse response = client().append(append(numbered("a", 100).stream()
                .map(it -> it.toBuilder().clearEventId().build())
                .toList()));

        List<UUID> ids = response.getEventsList().stream()
                .map(it -> UUID.fromString(it.getEventId()))
                .toList();
        assertThat(ids).hasSize(100).doesNotHaveDuplicates();
        assertThat(ids).allMatch(it -> it.version() == 7 && it.variant() == 2);
        assertThat(response.getEventsList())
                .allMatch(it ->
                        it.getEventId().equals(UUID.fromString(it.getEventId()).toString()));
    }

    @Test
    void validate_only_stores_nothing_and_takes_no_ids() {
        AppendRequest.Builder request = append(identified("a"), event("b"));
        AppendResponse checked = client().append(request.clone().setValidateOnly(true));

        assertThat(checked).isEqualTo(AppendResponse.getDefaultInstance());
        assertThat(client().head()).isZero();
        assertThat(client().everything()).isEmpty();
        assertThat(client().partition("a").getLastSequence()).isZero();
        AppendResponse stored = client().append(request);
        assertThat(stored.getReplayed()).isFalse();
        assertThat(stored.getEvents(0).getSequence()).isEqualTo(1);
    }

    @Test
    void validate_only_answers_errors_and_replays_as_an_append_would() {
        AppendRequest.Builder request = append(identified("a"));
        AppendResponse stored = client().append(request);

        AppendResponse replayed = client().append(request.clone().setValidateOnly(true));
        assertThat(replayed).isEqualTo(stored.toBuilder().setReplayed(true).build());
        Refusal.of(
                ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(append(event("a"))
                        .addPreconditions(sequence("a", 0))
                        .setValidateOnly(true)));
        Refusal.of(
                ErrorReason.ERROR_REASON_INVALID_FIELD,
                () -> client().append(append(event("a").clearAction()).setValidateOnly(true)));
        assertThat(client().everything()).hasSize(1);
    }

    @Test
    void versions_are_kept_and_none_means_one() {
        client().append(
                        event("a"),
                        event("a").setEventVersion(1),
                        event("a").setEventVersion(2),
                        event("a").setEventVersion(Integer.MAX_VALUE));

        List<RecordedEvent> stored = client().events(readStream("a"));
        assertThat(stored.stream().map(RecordedEvent::getEventVersion)).containsExactly(1, 1, 2, Integer.MAX_VALUE);
        assertThat(stored.stream().map(RecordedEvent::getStoredEventVersion))
                .containsExactly(1, 1, 2, Integer.MAX_VALUE);
    }

    @Test
    void times_are_kept_to_the_nanosecond() {
        List<Instant> times = Stream.of(
                        "1700-01-01T00:00:00Z",
                        "1969-12-31T23:59:59.999999999Z",
                        "1970-01-01T00:00:00Z",
                        "1970-01-01T00:00:00.000000001Z",
                        "2024-02-29T12:34:56.789012345Z")
                .map(Instant::parse)
                .toList();
        times.forEach(it -> client().append(event("a").setTimestamp(Times.timestamp(it))));

        assertThat(client().events(readStream("a")))
                .extracting(it -> Times.instant(it.getTimestamp()))
                .isEqualTo(times);
    }

    @Test
    void tags_keep_their_order_and_repeats_are_one() {
        client().append(event("a").addTags("b").addTags("a").addTags("b").addTags("c"));

        assertThat(client().everything().getFirst().getTagsList().stream().distinct())
                .containsExactly("b", "a", "c");
    }

    @Test
    void partition_keys_given_and_derived_name_the_same_partition() {
        client().append(
                        event("a"),
                        event("other").setPartitionKey("a"),
                        event("a").setPartitionKey("b"));

        assertThat(client().events(readStream("a")).stream().map(RecordedEvent::getArtifactId))
                .containsExactly("a", "other");
        assertThat(client().events(readStream("b")).stream().map(RecordedEvent::getArtifactId))
                .containsExactly("a");
    }

    private static List<Long> positions(AppendResponse response) {
        return response.getEventsList().stream().map(AppendedEvent::getPosition).toList();
    }

    private static List<String> places(AppendResponse response) {
        return response.getEventsList().stream()
                .map(it -> it.getPartitionKey() + ':' + it.getSequence())
                .toList();
    }
}
