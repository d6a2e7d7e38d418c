package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Times.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** ReadStreamSince: the recent slice of a partition, in sequence order, whatever the order of times. */
public abstract class SinceSuite extends ConformanceSuite {
    private static final String NOON = "2024-01-01T12:00:00Z";

    protected SinceSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void the_bound_is_inclusive_to_the_nanosecond() {
        appendAt("2024-01-01T11:59:59.999999999Z", NOON, "2024-01-01T12:00:00.000000001Z", NOON);

        assertThat(sequencesSince(NOON)).containsExactly(2L, 3L, 4L);
        assertThat(sequencesSince("2024-01-01T12:00:00.000000001Z")).containsExactly(3L);
        assertThat(sequencesSince("2024-01-01T12:00:00.000000002Z")).isEmpty();
        assertThat(sequencesSince("2024-01-01T11:59:59.999999999Z")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sequencesSince("0001-01-01T00:00:00Z")).hasSize(4);
        assertThat(sequencesSince("9999-12-31T23:59:59.999999999Z")).isEmpty();
    }

    @Test
    void the_order_is_that_of_sequences_not_of_times() {
        appendAt(
                "2024-01-05T00:00:00Z",
                "2024-01-01T00:00:00Z",
                "2024-01-04T00:00:00Z",
                "2024-01-02T00:00:00Z",
                "2024-01-03T00:00:00Z");

        assertThat(sequencesSince("2024-01-02T00:00:00Z")).containsExactly(1L, 3L, 4L, 5L);
        assertThat(sequencesSince("2024-01-04T00:00:00Z")).containsExactly(1L, 3L);
    }

    @Test
    void a_limit_keeps_the_highest_sequences_and_says_what_it_cut() {
        appendAt(
                "2024-01-05T00:00:00Z",
                "2020-01-01T00:00:00Z",
                "2024-01-04T00:00:00Z",
                "2024-01-02T00:00:00Z",
                "2024-01-03T00:00:00Z");
        Timestamp since = time("2024-01-01T00:00:00Z");

        assertSlice(client().answers(readSince("a", since).setLimit(2)), true, 4L, 5L);
        assertSlice(client().answers(readSince("a", since).setLimit(3)), true, 3L, 4L, 5L);
        assertSlice(client().answers(readSince("a", since).setLimit(4)), false, 1L, 3L, 4L, 5L);
        assertSlice(client().answers(readSince("a", since).setLimit(5)), false, 1L, 3L, 4L, 5L);
        assertSlice(client().answers(readSince("a", since)), false, 1L, 3L, 4L, 5L);
    }

    @Test
    void truncation_is_told_from_the_first_message_on() {
        appendAt(
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00Z");
        ReadOptions one = ReadOptions.newBuilder().setMaxBatchEvents(1).build();
        Timestamp since = time("2024-01-01T00:00:00Z");

        List<ReadStreamSinceResponse> cut =
                client().answers(readSince("a", since).setLimit(4).setOptions(one));
        assertThat(cut).hasSizeGreaterThanOrEqualTo(4).allMatch(ReadStreamSinceResponse::getTruncated);
        List<ReadStreamSinceResponse> whole =
                client().answers(readSince("a", since).setLimit(5).setOptions(one));
        assertThat(whole).hasSizeGreaterThanOrEqualTo(5).noneMatch(ReadStreamSinceResponse::getTruncated);
    }

    @Test
    void old_events_filled_in_after_a_recent_one_do_not_hide_it() {
        appendAt(NOON);
        for (int i = 0; i < 5; i++) {
            List<NewEvent> old = new ArrayList<>();
            for (int j = 0; j < 200; j++) {
                old.add(event("a")
                        .setTimestamp(Times.timestamp(Instant.ofEpochSecond(1_000_000L + 200L * i + j)))
                        .build());
            }
            client().append(append(old));
        }
        appendAt(NOON);

        assertThat(sequencesSince(NOON)).containsExactly(1L, 1002L);
        assertSlice(client().answers(readSince("a", time(NOON)).setLimit(1)), true, 1002L);
        assertThat(sequencesSince("1970-01-12T13:46:40Z")).hasSize(1002);
    }

    @Test
    void only_the_one_partition_is_read() {
        client().append(
                        event("a").setTimestamp(time(NOON)),
                        event("b").setTimestamp(time(NOON)),
                        event("a").setTimestamp(time(NOON)));

        List<RecordedEvent> slice = client().events(readSince("a", time(NOON)));
        assertThat(slice).hasSize(2).allMatch(it -> it.getPartitionKey().equals("a"));
        List<ReadStreamSinceResponse> unknown = client().answers(readSince("unknown", time(NOON)));
        assertThat(unknown)
                .containsExactly(ReadStreamSinceResponse.newBuilder()
                        .setAsOfPosition(client().head())
                        .build());
    }

    @Test
    void a_slice_is_read_as_of_a_position() {
        appendAt(NOON, NOON);
        long asOf = client().head();
        appendAt(NOON, NOON);

        assertSlice(client().answers(readSince("a", time(NOON)).setAsOfPosition(asOf)), false, 1L, 2L);
        assertSlice(
                client().answers(
                                readSince("a", time(NOON)).setAsOfPosition(asOf).setLimit(1)),
                true,
                2L);
        assertSlice(client().answers(readSince("a", time(NOON)).setLimit(1)), true, 4L);
    }

    @Test
    void a_filter_restricts_before_the_limit_cuts() {
        client().append(
                        event("a").setAction("x").setTimestamp(time(NOON)),
                        event("a").setAction("y").setTimestamp(time(NOON)),
                        event("a").setAction("x").setTimestamp(time(NOON)),
                        event("a").setAction("y").setTimestamp(time(NOON)));
        EventFilter x = EventFilter.newBuilder().addActions("x").build();

        assertSlice(client().answers(readSince("a", time(NOON)).setFilter(x)), false, 1L, 3L);
        assertSlice(client().answers(readSince("a", time(NOON)).setFilter(x).setLimit(2)), false, 1L, 3L);
        assertSlice(client().answers(readSince("a", time(NOON)).setFilter(x).setLimit(1)), true, 3L);
    }

    @Test
    void any_slice_is_that_of_a_plain_evaluation() {
        Random random = new Random(20_240_101);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(identified("p" + random.nextInt(3))
                    .setTimestamp(Times.timestamp(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(120))))
                    .build());
        }
        client().append(append(events));
        assertThat(client().everything()).hasSize(300);
        for (int i = 0; i < 60; i++) {
            String partition = "p" + random.nextInt(3);
            Instant since = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(125));
            int limit = random.nextInt(40);
            List<RecordedEvent> matching = client().events(readStream(partition)).stream()
                    .filter(it -> !Times.instant(it.getTimestamp()).isBefore(since))
                    .toList();
            int cut = limit == 0 ? 0 : Math.max(0, matching.size() - limit);
            List<ReadStreamSinceResponse> answers = client().answers(
                            readSince(partition, Times.timestamp(since)).setLimit(limit));
            assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()))
                    .as("%s since %s limit %s", partition, since, limit)
                    .containsExactlyElementsOf(matching.subList(cut, matching.size()));
            assertThat(answers).isNotEmpty().allMatch(it -> it.getTruncated() == cut > 0);
        }
    }

    private void appendAt(String... times) {
        for (String time : times) {
            client().append(event("a").setTimestamp(time(time)));
        }
    }

    private List<Long> sequencesSince(String since) {
        return Events.sequences(client().events(readSince("a", time(since))));
    }

    private void assertSlice(List<ReadStreamSinceResponse> answers, boolean isTruncated, Long... sequences) {
        long last = client().partition("a").getLastSequence();
        assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()).map(RecordedEvent::getSequence))
                .containsExactly(sequences);
        assertThat(answers).isNotEmpty().allMatch(it -> it.getTruncated() == isTruncated);
        assertThat(answers.getLast().getLastSequence()).isPositive().isLessThanOrEqualTo(last);
    }
}
