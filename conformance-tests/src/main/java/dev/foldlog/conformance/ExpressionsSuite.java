package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readAllBackward;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_INVALID_EXPRESSION;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_LIMIT_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.ExpressionErrors;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Expressions in filters: what they mean, what a failing one means in a read and in a condition, and their errors. The log
 * has one event for each score from 0 to 59, in two partitions in turn; every fifth has none.
 */
@Needs(Capability.FILTER_EXPRESSION)
public abstract class ExpressionsSuite extends ConformanceSuite {
    private static final int EVENTS = 60;
    private static final List<String> PARTITIONS = List.of("even", "odd");

    /** Nests eight times over ten elements: more than any budget. */
    private static final String HUGE = IntStream.range(0, 8)
            .mapToObj(Integer::toString)
            .reduce("true", (inner, i) -> "[0,1,2,3,4,5,6,7,8,9].all(v" + i + ", " + inner + ')');

    protected ExpressionsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> every_read_delivers_what_it_is_true_of() {
        List<RecordedEvent> log = load();
        return sources().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    EventFilter.Builder filter = EventFilter.newBuilder().setExpression(it.getKey());
                    List<RecordedEvent> wanted = matching(log, it.getValue());
                    assertThat(client().events(readAll().setFilter(filter))).isEqualTo(wanted);
                    assertThat(client().events(readAllBackward().setFilter(filter)))
                            .isEqualTo(wanted.reversed());
                    for (String partition : PARTITIONS) {
                        List<RecordedEvent> own = of(wanted, partition);
                        assertThat(client().events(readStream(partition).setFilter(filter)))
                                .isEqualTo(own);
                        assertThat(client().events(readSince(partition, Times.time("2020-01-01T00:00:00Z"))
                                        .setFilter(filter)))
                                .isEqualTo(own);
                    }
                    try (Subscription subscription =
                            client().subscribe(subscribe().setFilter(filter))) {
                        assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).isEqualTo(wanted);
                    }
                }));
    }

    @Test
    void an_event_on_which_it_fails_is_left_out_and_counted() {
        List<RecordedEvent> log = load();
        EventFilter.Builder filter = EventFilter.newBuilder().setExpression("event.payload.score >= 30");
        List<RecordedEvent> wanted = matching(log, i -> i % 5 != 0 && i >= 30);

        var all = client().answers(readAll().setFilter(filter));
        var stream = client().answers(readStream("even").setFilter(filter));
        var since = client().answers(
                        readSince("odd", Times.time("2020-01-01T00:00:00Z")).setFilter(filter));

        assertThat(all.getLast().getFilterErrors()).isEqualTo(EVENTS / 5);
        assertThat(stream.getLast().getFilterErrors()).isEqualTo(EVENTS / 10);
        assertThat(since.getLast().getFilterErrors()).isEqualTo(EVENTS / 10);
        assertThat(all.stream().flatMap(it -> it.getEventsList().stream())).containsExactlyElementsOf(wanted);
        assertThat(stream.stream().flatMap(it -> it.getEventsList().stream()))
                .containsExactlyElementsOf(of(wanted, "even"));
    }

    @Test
    void a_read_in_which_it_fails_on_every_event_says_so() {
        load();
        EventFilter.Builder filter = EventFilter.newBuilder().setExpression("event.payload.missing == 1");

        var stream = client().answers(readStream("even").setFilter(filter));

        assertThat(stream.getLast().getFilterErrors()).isEqualTo(EVENTS / 2);
        assertThat(stream.stream().mapToInt(it -> it.getEventsCount()).sum()).isZero();
    }

    @Test
    void heartbeats_count_what_failed_in_the_past_and_live() {
        load();
        EventFilter.Builder filter = EventFilter.newBuilder().setExpression("event.payload.score < 0");
        try (Subscription subscription = client().subscribe(subscribe()
                .setFilter(filter)
                .setHeartbeatInterval(Duration.newBuilder().setSeconds(1)))) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            client().append(event("even"), event("even"));

            SubscribeAllResponse beat = subscription
                    .until(it -> it.getHeartbeat().getFilterErrors() >= EVENTS / 5 + 2)
                    .getLast();

            assertThat(beat.getHeartbeat().getFilterErrors()).isEqualTo(EVENTS / 5 + 2);
        }
    }

    @Test
    void it_is_looked_at_where_the_other_fields_match() {
        List<RecordedEvent> log = load();
        EventFilter.Builder scored =
                EventFilter.newBuilder().addActions("score").setExpression("event.payload.score < 10");

        var answers = client().answers(readAll().setFilter(scored));
        var anyOf = client().answers(readAll()
                .setFilter(EventFilter.newBuilder()
                        .addAnyOf(scored)
                        .addAnyOf(EventFilter.newBuilder().setExpression("event.payload.score > 55"))));

        assertThat(answers.getLast().getFilterErrors()).isZero();
        assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()))
                .containsExactlyElementsOf(matching(log, i -> i % 5 != 0 && i < 10));
        assertThat(anyOf.stream().flatMap(it -> it.getEventsList().stream()))
                .containsExactlyElementsOf(matching(log, i -> i % 5 != 0 && (i < 10 || i > 55)));
    }

    @Test
    void integers_are_exact() {
        client().append(
                        event().setPayload(json("{\"n\": 9007199254740992}")),
                        event().setPayload(json("{\"n\": 9007199254740993}")));

        assertThat(client().events(readAll()
                        .setFilter(EventFilter.newBuilder().setExpression("event.payload.n == 9007199254740993"))))
                .extracting(RecordedEvent::getSequence)
                .containsExactly(2L);
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void a_condition_finds_the_first_event_that_it_is_true_of() {
        AppendResponse stored = client().append(scored(1), scored(2), scored(3), scored(2));

        assertConflict("event.payload.score == 2", 0, stored.getEvents(1).getPosition());
        assertConflict(
                "event.payload.score == 2",
                stored.getEvents(1).getPosition(),
                stored.getEvents(3).getPosition());
        assertHolds("event.payload.score == 4", 0);
        assertHolds("event.payload.score == 3", stored.getEvents(2).getPosition());
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void in_a_condition_an_event_on_which_it_fails_counts_as_a_match() {
        AppendResponse stored = client().append(scored(1), event().setAction("note"), scored(3));

        assertConflict("event.payload.score == 9", 0, stored.getEvents(1).getPosition());
        assertHolds("has(event.payload.score) && event.payload.score == 9", 0);
        assertHolds("event.payload.score == 9", stored.getEvents(1).getPosition());
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void of_clients_with_the_same_condition_exactly_one_succeeds() {
        for (int seat = 0; seat < 20; seat++) {
            AppendRequest.Builder taking = append(event("seat").setPayload(json("{\"seat\": " + seat + "}")))
                    .addPreconditions(noEventsMatching(
                            EventFilter.newBuilder().setExpression("event.payload.seat == " + seat), 0));
            List<Boolean> taken = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(client -> isAppended(taking.build()))
                    .toList();

            assertThat(taken).containsOnlyOnce(true);
        }
        assertThat(client().everything()).hasSize(20);
    }

    @TestFactory
    Stream<DynamicTest> an_error_is_shown_with_its_place_by() {
        EventFilter.Builder filter =
                EventFilter.newBuilder().setExpression("event.action == 'x' &&\n event.acton == 'y'");
        return Stream.of(
                DynamicTest.dynamicTest(
                        "ReadAll",
                        () -> assertShown(
                                "filter.expression",
                                () -> client().answers(readAll().setFilter(filter)))),
                DynamicTest.dynamicTest(
                        "SubscribeAll in an alternative",
                        () -> assertShown("filter.any_of[1].expression", () -> {
                            try (Subscription refused = client().subscribe(subscribe()
                                    .setFilter(EventFilter.newBuilder()
                                            .addAnyOf(EventFilter.newBuilder().addActions("x"))
                                            .addAnyOf(filter)))) {
                                refused.next();
                            }
                        })));
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void an_error_in_a_condition_is_shown_with_its_place_and_nothing_is_stored() {
        EventFilter.Builder filter =
                EventFilter.newBuilder().setExpression("event.action == 'x' &&\n event.acton == 'y'");

        assertShown(
                "preconditions[0].no_events_matching.filter.expression",
                () -> client().append(append(event()).addPreconditions(noEventsMatching(filter, 0))));
        assertThat(client().everything()).isEmpty();
    }

    @Test
    void one_that_takes_too_many_steps_ends_the_call() {
        client().append(scored(1));
        EventFilter.Builder filter = EventFilter.newBuilder().setExpression(HUGE);

        Refusal.of(
                ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED,
                () -> client().answers(readAll().setFilter(filter)));
        Refusal.of(
                ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED,
                () -> client().answers(readStream("answer-1").setFilter(filter)));
        assertThat(client().events(readAll())).hasSize(1);
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void a_condition_that_takes_too_many_steps_ends_the_append_and_nobody_elses() {
        client().append(scored(1));

        Refusal.of(
                ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED,
                () -> client().append(append(event())
                        .addPreconditions(
                                noEventsMatching(EventFilter.newBuilder().setExpression(HUGE), 0))));
        client().append(scored(2));
        assertThat(client().everything()).hasSize(2);
    }

    @Test
    void limits_are_declared_and_kept() {
        int chars = client().info().getLimits().getMaxExpressionChars();
        assertThat(chars).isPositive();
        assertThat(client().info().getLimits().getMaxExpressionSteps()).isPositive();
        String longest = "event.action != '" + "a".repeat(chars - 18) + "'";
        EventFilter one = EventFilter.newBuilder().setExpression("true").build();

        assertThat(client().events(readAll().setFilter(EventFilter.newBuilder().setExpression(longest))))
                .isEmpty();
        Refusal.of(
                ERROR_REASON_INVALID_EXPRESSION,
                () -> client().answers(
                                readAll().setFilter(EventFilter.newBuilder().setExpression(longest + " "))));
        Refusal.of(
                ERROR_REASON_LIMIT_EXCEEDED,
                () -> client().answers(readAll()
                        .setFilter(EventFilter.newBuilder().addAllAnyOf(Collections.nCopies(17, one)))));
    }

    private boolean isAppended(AppendRequest request) {
        try {
            return client().append(request).getEventsCount() == 1;
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
            return false;
        }
    }

    private void assertShown(String field, ThrowingCallable call) {
        ExpressionErrors.Error error = Refusal.of(ERROR_REASON_INVALID_EXPRESSION, call)
                .detail(ExpressionErrors.class)
                .getErrors(0);

        assertThat(error.getField()).isEqualTo(field);
        assertThat(error.getLine()).isEqualTo(2);
        assertThat(error.getColumn()).isBetween(2, 8);
        assertThat(error.getMessage()).contains("acton");
        assertThat(error.getSnippet()).contains("event.acton", "^").hasSizeLessThanOrEqualTo(200);
    }

    private void assertConflict(String source, long after, long position) {
        Refusal conflict =
                Refusal.of(ERROR_REASON_CONCURRENCY_CONFLICT, () -> client().append(conditional(source, after)));
        assertThat(conflict.detail(AppendConflict.class).getViolations(0).getMatchingPosition())
                .isEqualTo(position);
    }

    private void assertHolds(String source, long after) {
        assertThat(client().append(conditional(source, after).setValidateOnly(true)))
                .isEqualTo(AppendResponse.getDefaultInstance());
    }

    private static AppendRequest.Builder conditional(String source, long after) {
        return append(event())
                .addPreconditions(noEventsMatching(EventFilter.newBuilder().setExpression(source), after));
    }

    private static NewEvent.Builder scored(int score) {
        return event().setPayload(json("{\"score\": " + score + "}"));
    }

    private List<RecordedEvent> load() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            NewEvent.Builder event = event(PARTITIONS.get(i % 2)).setEventId(Events.uuid());
            if (i % 5 == 0) {
                event.setAction("note").setPayload(json("{\"text\": \"nothing\"}"));
            } else {
                event.setAction("score").setPayload(json("{\"score\": " + i + ", \"labels\": [\"l" + i % 3 + "\"]}"));
            }
            events.add(event.addTags("third:" + i % 3)
                    .putMetadata("fourth", "f" + i % 4)
                    .build());
        }
        AppendRequest request = append(events).build();
        return Events.recorded(request, client().append(request));
    }

    /** Sources that have a value for every event of the log, and of which numbers they are true. */
    private static Map<String, IntPredicate> sources() {
        Map<String, IntPredicate> sources = new LinkedHashMap<>();
        sources.put("event.action == 'note'", i -> i % 5 == 0);
        sources.put("has(event.payload.score) && event.payload.score > 40.5", i -> i % 5 != 0 && i > 40);
        sources.put("'third:1' in event.tags", i -> i % 3 == 1);
        sources.put("event.metadata.fourth == 'f2'", i -> i % 4 == 2);
        sources.put(
                "has(event.payload.labels) && event.payload.labels.exists(it, it == 'l2')",
                i -> i % 5 != 0 && i % 3 == 2);
        sources.put("event.payload.score == 7 || event.action == 'note' || true", i -> true);
        sources.put("!(event.action.startsWith('sc')) && event.payload.text.matches('^n.*g$')", i -> i % 5 == 0);
        sources.put("event.recorded_at < timestamp('2000-01-01T00:00:00Z')", i -> false);
        return sources;
    }

    private static List<RecordedEvent> matching(List<RecordedEvent> log, IntPredicate wanted) {
        return IntStream.range(0, log.size()).filter(wanted).mapToObj(log::get).toList();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String partition) {
        return events.stream()
                .filter(it -> it.getPartitionKey().equals(partition))
                .toList();
    }
}
