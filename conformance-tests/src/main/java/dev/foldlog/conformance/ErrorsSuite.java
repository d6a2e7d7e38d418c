package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.moves;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventFilter;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Errors, also where input is as long and strange as it may be: {@link Refusal} holds each to its status,
 * its domain, the bounds of its details, and a message without the server's insides.
 */
public abstract class ErrorsSuite extends ConformanceSuite {
    /** A name almost as long as a partition key may be, in characters of four bytes. */
    private static final String LONG = "\uD83D\uDE42".repeat(126);

    protected ErrorsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> each_keeps_the_promises_of_all() {
        String requestId = uuid();
        client().append(append(event("a")).setRequestId(requestId));
        String eventId = uuid().substring(0, 8) + LONG.substring(0, 60);
        client().append(event("a").setEventId(eventId), event("b").setPartitionKey(LONG));
        return Stream.of(
                refused(
                        ErrorReason.ERROR_REASON_INVALID_FIELD,
                        () -> client().append(event("a").setAction(LONG.substring(0, 60)))),
                refused(
                        ErrorReason.ERROR_REASON_INVALID_FIELD,
                        () -> client().append(event("a").setPayload(json("select * from events where {" + LONG)))),
                refused(
                        ErrorReason.ERROR_REASON_INVALID_EXPRESSION,
                        () -> client().answers(readAll()
                                .setFilter(EventFilter.newBuilder().setExpression("(" + LONG.repeat(10))))),
                refused(
                        ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                        () -> client().answers(readAll().setFilter(longFilter()))),
                refused(ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT, () -> client().append(manyConditions())),
                refused(
                        ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT,
                        () -> client().append(event("other").setEventId(eventId))),
                refused(
                        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                        () -> client().append(append(event("other")).setRequestId(requestId))),
                refused(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().event(LONG.substring(0, 62))),
                refused(ErrorReason.ERROR_REASON_STORE_MISMATCH, () -> {
                    try (Subscription subscription =
                            client().subscribe(subscribe().setStoreId(LONG))) {
                        subscription.next();
                    }
                }),
                refused(
                        ErrorReason.ERROR_REASON_POSITION_AHEAD,
                        () -> client().answers(readStream(LONG).setAsOfPosition(Long.MAX_VALUE))));
    }

    @TestFactory
    @Needs({Capability.CHECKPOINTS, Capability.APPEND_CHECKPOINTS})
    Stream<DynamicTest> each_of_checkpoints_keeps_the_promises_of_all() {
        String name = "a/b.c:d-e_".repeat(12);
        long head = client().append(event("a"), event("b")).getPosition();
        client().commit(commit(name, head));
        return Stream.of(
                refused(ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK, () -> client().commit(commit(name, head - 1))),
                refused(
                        ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                        () -> client().append(append(event("a"))
                                .addCheckpoints(moves(name, head).setExpectedPosition(head - 1)))),
                refused(ErrorReason.ERROR_REASON_POSITION_AHEAD, () -> client().commit(commit(name, Long.MAX_VALUE))),
                refused(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint(name + "x")));
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void a_boundary_past_the_head_keeps_the_promises_of_all() {
        Refusal refusal = Refusal.of(
                ErrorReason.ERROR_REASON_POSITION_AHEAD,
                () -> client().append(append(event("a"))
                        .addPreconditions(
                                noEventsMatching(EventFilter.newBuilder().addTags(LONG.substring(0, 64)), 1))));

        assertThat(refusal.metadata()).containsEntry("position", "1").containsEntry("head_position", "0");
    }

    @Test
    void a_refused_call_leaves_the_server_serving() {
        for (int i = 0; i < 200; i++) {
            Refusal.of(
                    ErrorReason.ERROR_REASON_INVALID_FIELD,
                    () -> client().append(event("a").clearAction()));
        }
        assertThat(client().append(event("a")).getEventsCount()).isEqualTo(1);
    }

    private static DynamicTest refused(ErrorReason reason, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                reason.name(),
                () -> assertThat(Refusal.of(reason, call).message()).hasSizeLessThan(2_000));
    }

    private static EventFilter longFilter() {
        EventFilter.Builder filter = EventFilter.newBuilder();
        IntStream.range(0, 1001).forEach(it -> filter.addPartitionKeys(LONG.substring(0, 240) + it));
        return filter.build();
    }

    private static AppendRequest.Builder manyConditions() {
        AppendRequest.Builder request = append(event("a"));
        IntStream.range(0, 1000)
                .forEach(it -> request.addPreconditions(sequence(LONG.substring(0, 248) + "-" + it, 99)));
        return request;
    }
}
