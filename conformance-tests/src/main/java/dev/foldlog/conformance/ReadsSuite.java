package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readAllBackward;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.readStreamBackward;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.model.EventCorpus;
import dev.foldlog.conformance.model.FilterCorpus;
import dev.foldlog.conformance.model.PlainRead;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ReadStream and ReadAll: direction, start, limit, and where a read can be continued. */
public abstract class ReadsSuite extends ConformanceSuite {
    /** More than a store looks at for one message. */
    private static final int SPARSE = 9_000;

    protected ReadsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_partition_is_read_in_sequence_order_in_both_directions() {
        List<NewEvent> events = mixed();
        client().append(append(events));

        assertThat(Events.sequences(client().events(readStream("a")))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Events.ids(client().events(readStream("a")))).isEqualTo(idsOf(events, "a"));
        assertThat(client().events(readStream("a").setDirection(Direction.DIRECTION_FORWARD)))
                .isEqualTo(client().events(readStream("a")));
        assertThat(client().events(readStreamBackward("a")))
                .isEqualTo(client().events(readStream("a")).reversed());
        assertThat(Events.ids(client().events(readStream("b")))).isEqualTo(idsOf(events, "b"));
    }

    @Test
    void a_partition_is_read_after_a_sequence_and_up_to_a_limit() {
        client().append(append(mixed()));

        assertThat(Events.sequences(client().events(readStream("a").setAfterSequence(2))))
                .containsExactly(3L, 4L, 5L);
        assertThat(Events.sequences(
                        client().events(readStream("a").setAfterSequence(1).setLimit(2))))
                .containsExactly(2L, 3L);
        assertThat(Events.sequences(client().events(readStream("a").setLimit(1))))
                .containsExactly(1L);
        assertThat(Events.sequences(client().events(readStream("a").setLimit(50))))
                .hasSize(5);
        assertThat(client().events(readStream("a").setAfterSequence(5))).isEmpty();
        assertThat(client().events(readStream("a").setAfterSequence(500))).isEmpty();
        assertThat(Events.sequences(client().events(readStreamBackward("a").setAfterSequence(4))))
                .containsExactly(3L, 2L, 1L);
        assertThat(Events.sequences(client().events(
                                readStreamBackward("a").setAfterSequence(4).setLimit(2))))
                .containsExactly(3L, 2L);
        assertThat(Events.sequences(client().events(readStreamBackward("a").setLimit(2))))
                .containsExactly(5L, 4L);
        assertThat(client().events(readStreamBackward("a").setAfterSequence(1))).isEmpty();
        assertThat(Events.sequences(client().events(readStreamBackward("a").setAfterSequence(500))))
                .containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void everything_is_read_in_position_order_in_both_directions() {
        List<NewEvent> events = mixed();
        client().append(append(events.subList(0, 4)));
        client().append(append(events.subList(4, events.size())));

        List<RecordedEvent> forward = client().events(readAll());
        assertThat(Events.ids(forward))
                .isEqualTo(events.stream().map(NewEvent::getEventId).toList());
        assertThat(Events.positions(forward)).isSorted().doesNotHaveDuplicates();
        assertThat(client().events(readAllBackward())).isEqualTo(forward.reversed());
    }

    @Test
    void everything_is_read_after_a_position_and_up_to_a_limit() {
        client().append(append(mixed()));
        List<RecordedEvent> all = client().everything();
        int count = all.size();

        for (int i = 0; i < count; i++) {
            long position = all.get(i).getPosition();
            assertThat(client().events(readAll().setAfterPosition(position))).isEqualTo(all.subList(i + 1, count));
            assertThat(client().events(readAllBackward().setAfterPosition(position)))
                    .isEqualTo(all.subList(0, i).reversed());
            assertThat(client().events(readAll().setLimit(i + 1))).isEqualTo(all.subList(0, i + 1));
            assertThat(client().events(readAllBackward().setLimit(i + 1)))
                    .isEqualTo(all.subList(count - i - 1, count).reversed());
        }
        assertThat(client().events(readAll()
                        .setAfterPosition(all.get(2).getPosition())
                        .setLimit(2)))
                .isEqualTo(all.subList(3, 5));
    }

    @Test
    void an_unknown_partition_is_one_message_without_events() {
        long head = client().append(event("a")).getPosition();

        for (var request : List.of(readStream("unknown"), readStreamBackward("unknown"))) {
            List<ReadStreamResponse> answers = client().answers(request);
            assertThat(answers)
                    .containsExactly(ReadStreamResponse.newBuilder()
                            .setAsOfPosition(head)
                            .build());
        }
        assertThat(client().partition("unknown").getPartitionKey()).isEqualTo("unknown");
    }

    @Test
    void every_message_of_a_partition_tells_its_last_sequence() {
        client().append(append(mixed()));

        for (var request : List.of(
                readStream("a"),
                readStreamBackward("a"),
                readStream("a").setLimit(1),
                readStream("a").setAfterSequence(5),
                readStream("a").setFilter(EventFilter.newBuilder().addActions("none")))) {
            assertThat(client().answers(request))
                    .isNotEmpty()
                    .allMatch(it -> it.getLastSequence() == 5)
                    .allMatch(it -> it.getAsOfPosition() == client().head());
        }
    }

    @Test
    void a_read_without_matches_says_how_far_it_looked() {
        long head = client().append(append(mixed())).getPosition();
        EventFilter none = EventFilter.newBuilder().addActions("none").build();

        assertThat(head).isPositive();
        List<ReadAllResponse> forward = client().answers(readAll().setFilter(none));
        assertThat(forward).isNotEmpty().allMatch(it -> it.getEventsCount() == 0);
        assertThat(forward.getLast().getScannedPosition()).isEqualTo(head);
        List<ReadAllResponse> backward = client().answers(readAllBackward().setFilter(none));
        assertThat(backward).isNotEmpty().allMatch(it -> it.getEventsCount() == 0);
        assertThat(client().answers(readAllBackward()
                        .setAfterPosition(backward.getLast().getScannedPosition())))
                .isNotEmpty()
                .allMatch(it -> it.getEventsCount() == 0);
    }

    @Test
    void a_read_continues_where_the_last_one_stopped() {
        client().append(append(numbered("a", 23)));
        client().append(append(numbered("b", 10)));
        List<RecordedEvent> all = client().everything();
        EventFilter some = EventFilter.newBuilder().addArtifactIds("b").build();

        assertThat(inPages(readAll(), 5)).hasSize(33).isEqualTo(all);
        assertThat(inPages(readAllBackward(), 4)).hasSize(33).isEqualTo(all.reversed());
        assertThat(inPages(readAll().setFilter(some), 3)).isEqualTo(client().events(readStream("b")));
        assertThat(inPages(readAllBackward().setFilter(some), 3))
                .isEqualTo(client().events(readStream("b")).reversed());
    }

    @Test
    void what_any_message_says_was_looked_at_continues_the_read_without_loss() {
        appendRareBeforeMany(SPARSE);
        EventFilter rare = EventFilter.newBuilder().addActions("rare").build();
        for (EventFilter filter : List.of(
                rare,
                rare.toBuilder().addPartitionKeys("a").build(),
                rare.toBuilder().addPartitionKeys("a").addPartitionKeys("b").build(),
                rare.toBuilder().addTags("t").build(),
                rare.toBuilder().addArtifactIds("a").build())) {
            for (ReadAllRequest.Builder read : List.of(readAll(), readAllBackward())) {
                List<ReadAllResponse> answers = client().answers(read.setFilter(filter));
                List<RecordedEvent> left = new ArrayList<>(answers.stream()
                        .flatMap(it -> it.getEventsList().stream())
                        .toList());
                assertThat(left).as("%s", read).hasSize(2);
                for (ReadAllResponse answer : answers) {
                    left.subList(0, answer.getEventsCount()).clear();
                    assertThat(client().events(read.setAfterPosition(answer.getScannedPosition())))
                            .as("%s", read)
                            .isEqualTo(left);
                }
            }
        }
    }

    @Test
    void scanned_positions_never_go_back_and_cover_the_events() {
        client().append(append(numbered("a", 40)));
        List<ReadAllResponse> answers = client().answers(readAll().setOptions(Batches.of(7)));

        assertThat(answers).hasSizeGreaterThanOrEqualTo(6);
        assertThat(answers.stream().map(ReadAllResponse::getScannedPosition).toList())
                .isSorted();
        assertThat(answers)
                .allMatch(it -> it.getEventsList().stream().allMatch(e -> e.getPosition() <= it.getScannedPosition()));
        List<ReadAllResponse> back = client().answers(readAllBackward().setOptions(Batches.of(7)));
        assertThat(back)
                .allMatch(it -> it.getEventsList().stream().allMatch(e -> e.getPosition() >= it.getScannedPosition()));
    }

    @Test
    void an_empty_store_answers_one_message_without_events() {
        for (var request : List.of(readAll(), readAllBackward())) {
            assertThat(client().answers(request)).containsExactly(ReadAllResponse.getDefaultInstance());
        }
        client().append(event("a"));
        assertThat(client().answers(readAll()).getFirst().getEventsCount()).isEqualTo(1);
    }

    @Test
    void any_read_of_everything_is_that_of_a_plain_evaluation() {
        List<RecordedEvent> log = loadCorpus();
        List<EventFilter> filters = List.copyOf(FilterCorpus.filters().values());
        Random random = new Random(31);
        for (int i = 0; i < 150; i++) {
            PlainRead read = PlainRead.any(random, log, filters);
            assertThat(client().events(readAll()
                            .setFilter(read.filter())
                            .setDirection(read.direction())
                            .setAfterPosition(read.after())
                            .setLimit(read.limit())
                            .setAsOfPosition(read.asOf())))
                    .as("%s", read)
                    .isEqualTo(read.of(log, RecordedEvent::getPosition));
        }
    }

    @Test
    void any_read_of_a_partition_is_that_of_a_plain_evaluation() {
        List<RecordedEvent> log = loadCorpus();
        List<EventFilter> filters = List.copyOf(FilterCorpus.filters().values());
        Random random = new Random(37);
        for (int i = 0; i < 150; i++) {
            String partition = log.get(random.nextInt(log.size())).getPartitionKey();
            PlainRead read = PlainRead.any(random, log, filters);
            long after = read.after() % 20;
            assertThat(client().events(readStream(partition)
                            .setFilter(read.filter())
                            .setDirection(read.direction())
                            .setAfterSequence(after)
                            .setLimit(read.limit())
                            .setAsOfPosition(read.asOf())))
                    .as("%s of %s after %s", read, partition, after)
                    .isEqualTo(read.withAfter(after)
                            .of(
                                    log.stream()
                                            .filter(it -> it.getPartitionKey().equals(partition))
                                            .toList(),
                                    RecordedEvent::getSequence));
        }
    }

    /** Two events that a filter by their action finds, then many that it does not, all of one partition and tag. */
    private void appendRareBeforeMany(int count) {
        client().append(append(
                identified("a").setAction("rare").addTags("t"),
                identified("a").setAction("rare").addTags("t")));
        int atOnce = fixture().limits().getMaxAppendEvents();
        for (int left = count; left > 0; left -= atOnce) {
            client().append(append(Stream.generate(() -> event("a").addTags("t").build())
                    .limit(Math.min(left, atOnce))
                    .toList()));
        }
    }

    private List<RecordedEvent> loadCorpus() {
        AppendRequest request = append(EventCorpus.events(41, 300)).build();
        return Events.recorded(request, client().append(request));
    }

    private List<RecordedEvent> inPages(ReadAllRequest.Builder request, int limit) {
        List<RecordedEvent> read = new ArrayList<>();
        long after = 0;
        for (int page = 0; page < 100; page++) {
            List<ReadAllResponse> answers =
                    client().answers(request.clone().setLimit(limit).setAfterPosition(after));
            List<RecordedEvent> events =
                    answers.stream().flatMap(it -> it.getEventsList().stream()).toList();
            assertThat(events).hasSizeLessThanOrEqualTo(limit);
            if (events.isEmpty()) {
                return read;
            }
            read.addAll(events);
            after = answers.getLast().getScannedPosition();
        }
        throw new AssertionError("a read in pages: still events after 100 pages (expected: an end)");
    }

    private static List<NewEvent> mixed() {
        List<NewEvent> a = numbered("a", 5);
        List<NewEvent> b = numbered("b", 3);
        return List.of(a.get(0), b.get(0), a.get(1), a.get(2), b.get(1), b.get(2), a.get(3), a.get(4));
    }

    private static List<String> idsOf(List<NewEvent> events, String partition) {
        return events.stream()
                .filter(it -> it.getArtifactId().equals(partition))
                .map(NewEvent::getEventId)
                .toList();
    }
}
