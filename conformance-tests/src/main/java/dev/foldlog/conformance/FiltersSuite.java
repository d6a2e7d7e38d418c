package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readAllBackward;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.readStreamBackward;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_INVALID_EXPRESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.model.EventCorpus;
import dev.foldlog.conformance.model.FilterCorpus;
import dev.foldlog.conformance.model.FilterMeaning;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Filters, everywhere they are taken: many of them over a generated log, held against a plain evaluation. */
public abstract class FiltersSuite extends ConformanceSuite {
    private static final long SEED = 7;
    private static final int EVENTS = 400;
    private static final List<String> PARTITIONS = List.of("artifact-1", "artifact-2", "artifact-3/t1");

    protected FiltersSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> read_all_delivers() {
        return overCorpus((filter, log) -> {
            List<ReadAllResponse> answers = client().answers(readAll().setFilter(filter));
            assertThat(answers.getLast().getScannedPosition())
                    .isEqualTo(log.getLast().getPosition());
            assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()))
                    .containsExactlyElementsOf(FilterMeaning.matching(filter, log));
        });
    }

    @TestFactory
    Stream<DynamicTest> read_all_backward_delivers() {
        return overCorpus((filter, log) -> {
            List<RecordedEvent> matching = FilterMeaning.matching(filter, log);
            assertThat(client().events(readAllBackward().setFilter(filter))).isEqualTo(matching.reversed());
            assertThat(client().events(readAll().setFilter(filter).setLimit(3)))
                    .isEqualTo(matching.subList(0, Math.min(3, matching.size())));
        });
    }

    @TestFactory
    Stream<DynamicTest> read_stream_delivers() {
        return overCorpus((filter, log) -> {
            for (String partition : PARTITIONS) {
                List<RecordedEvent> stream = partition(log, partition);
                List<RecordedEvent> matching = FilterMeaning.matching(filter, stream);
                List<ReadStreamResponse> answers =
                        client().answers(readStream(partition).setFilter(filter));
                assertThat(answers.getFirst().getLastSequence())
                        .isEqualTo(stream.getLast().getSequence());
                assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()))
                        .containsExactlyElementsOf(matching);
                assertThat(client().events(readStreamBackward(partition).setFilter(filter)))
                        .isEqualTo(matching.reversed());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> read_stream_since_delivers() {
        return overCorpus((filter, log) -> {
            EventFilter since = EventFilter.newBuilder()
                    .setSince(Times.timestamp(EventCorpus.FIRST_TIME.plusSeconds(40)))
                    .build();
            for (String partition : PARTITIONS) {
                List<RecordedEvent> slice = FilterMeaning.matching(since, partition(log, partition));
                assertThat(client().events(
                                        readSince(partition, since.getSince()).setFilter(filter)))
                        .isEqualTo(FilterMeaning.matching(filter, slice));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> subscribe_all_delivers() {
        return overCorpus((filter, log) -> {
            try (Subscription subscription = client().subscribe(subscribe().setFilter(filter))) {
                assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).isEqualTo(FilterMeaning.matching(filter, log));
                assertThat(subscription.position()).isEqualTo(log.getLast().getPosition());
            }
        });
    }

    @TestFactory
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    Stream<DynamicTest> a_boundary_finds() {
        return overCorpus((filter, log) -> {
            for (int from : List.of(0, EVENTS / 3, EVENTS - 10)) {
                long after = from == 0 ? 0 : log.get(from - 1).getPosition();
                List<RecordedEvent> matching = FilterMeaning.matching(filter, log.subList(from, EVENTS));
                AppendRequest.Builder request = append(event())
                        .addPreconditions(noEventsMatching(filter, after))
                        .setValidateOnly(true);
                if (matching.isEmpty()) {
                    assertThat(client().append(request)).isEqualTo(AppendResponse.getDefaultInstance());
                } else {
                    assertThat(conflictPosition(request))
                            .isEqualTo(matching.getFirst().getPosition());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> a_live_subscription_delivers() {
        List<NewEvent> events = EventCorpus.events(SEED, EVENTS);
        return overCorpus((filter, log) -> {
            try (Subscription subscription =
                    client().subscribe(subscribe().setFilter(filter).setLiveOnly(true))) {
                subscription.eventsUntil(KindCase.CAUGHT_UP);
                long before = subscription.position();
                List<NewEvent> live = anew(events.subList(100, 125));
                FilterMeaning.matching(filter, log).stream()
                        .findFirst()
                        .ifPresent(it -> live.add(anew(events.subList(log.indexOf(it), log.indexOf(it) + 1))
                                .getFirst()));
                client().append(append(live.subList(0, 20)));
                client().append(append(live.subList(20, live.size())));
                List<RecordedEvent> wanted =
                        FilterMeaning.matching(filter, client().events(readAll().setAfterPosition(before)));
                long through = wanted.isEmpty() ? before : wanted.getLast().getPosition();
                assertThat(subscription.eventsThrough(through)).isEqualTo(wanted);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> an_expression_that_cannot_be_is_refused_by() {
        EventFilter filter =
                EventFilter.newBuilder().setExpression("event.action ==").build();
        return Stream.of(
                DynamicTest.dynamicTest(
                        "ReadAll",
                        () -> assertExpressionRefused(
                                () -> client().answers(readAll().setFilter(filter)))),
                DynamicTest.dynamicTest(
                        "ReadAll in an alternative",
                        () -> assertExpressionRefused(() -> client().answers(readAll()
                                .setFilter(EventFilter.newBuilder().addAnyOf(filter))))),
                DynamicTest.dynamicTest(
                        "ReadStream",
                        () -> assertExpressionRefused(
                                () -> client().answers(readStream("a").setFilter(filter)))),
                DynamicTest.dynamicTest(
                        "ReadStreamSince",
                        () -> assertExpressionRefused(
                                () -> client().answers(readSince("a", Times.timestamp(EventCorpus.FIRST_TIME))
                                        .setFilter(filter)))),
                DynamicTest.dynamicTest(
                        "SubscribeAll",
                        () -> assertExpressionRefused(() -> {
                            try (Subscription refused =
                                    client().subscribe(subscribe().setFilter(filter))) {
                                refused.next();
                            }
                        })));
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void an_expression_that_cannot_be_is_refused_by_an_append() {
        EventFilter.Builder filter = EventFilter.newBuilder().setExpression("event.action ==");

        assertExpressionRefused(() -> client().append(append(event()).addPreconditions(noEventsMatching(filter, 0))));
        assertThat(client().everything()).isEmpty();
        client().append(event());
        assertThat(client().everything()).hasSize(1);
    }

    @Test
    @Needs(Capability.FILTER_EXPRESSION)
    void an_expression_restricts_as_the_field_does() {
        List<RecordedEvent> log = load();

        assertThat(client().events(
                                readAll().setFilter(EventFilter.newBuilder().setExpression("event.action == 'edit'"))))
                .isEqualTo(FilterMeaning.matching(
                        EventFilter.newBuilder().addActions("edit").build(), log));
    }

    private Stream<DynamicTest> overCorpus(BiConsumer<EventFilter, List<RecordedEvent>> test) {
        List<RecordedEvent> log = load();
        return FilterCorpus.filters().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> test.accept(it.getValue(), log)));
    }

    /** Appends the corpus in appends of different sizes and says how it must be read. */
    private List<RecordedEvent> load() {
        List<NewEvent> events = EventCorpus.events(SEED, EVENTS);
        List<RecordedEvent> log = new ArrayList<>();
        int size = 1;
        for (int from = 0; from < EVENTS; from += size) {
            size = Math.min(1 + (size * 3) % 37, EVENTS - from);
            AppendRequest request = append(events.subList(from, from + size)).build();
            log.addAll(Events.recorded(request, client().append(request)));
        }
        return log;
    }

    /** The events with new ids, to be appended once more. */
    private static List<NewEvent> anew(List<NewEvent> events) {
        List<NewEvent> copies = new ArrayList<>();
        events.forEach(it -> copies.add(it.toBuilder().setEventId(Events.uuid()).build()));
        return copies;
    }

    private long conflictPosition(AppendRequest.Builder request) {
        return Refusal.of(ERROR_REASON_CONCURRENCY_CONFLICT, () -> client().append(request))
                .detail(AppendConflict.class)
                .getViolations(0)
                .getMatchingPosition();
    }

    private static List<RecordedEvent> partition(List<RecordedEvent> log, String partition) {
        return log.stream().filter(it -> it.getPartitionKey().equals(partition)).toList();
    }

    private static void assertExpressionRefused(ThrowingCallable call) {
        Refusal.of(ERROR_REASON_INVALID_EXPRESSION, call);
    }
}
