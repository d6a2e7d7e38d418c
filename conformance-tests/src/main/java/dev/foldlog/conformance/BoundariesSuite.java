package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_POSITION_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendConflict.Violation;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dynamic consistency boundaries: no event after a position matches a filter, with tags and any_of. */
@Needs(Capability.APPEND_NO_EVENTS_MATCHING)
public abstract class BoundariesSuite extends ConformanceSuite {
    protected BoundariesSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> an_event_is_found_by() {
        AppendResponse stored = client().append(other(), wanted(), other(), wanted(), other());
        return byField().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    EventFilter filter = it.getValue();
                    assertMatches(filter, 0, stored.getEvents(1).getPosition());
                    assertMatches(
                            filter,
                            stored.getEvents(0).getPosition(),
                            stored.getEvents(1).getPosition());
                    assertMatches(
                            filter,
                            stored.getEvents(1).getPosition(),
                            stored.getEvents(3).getPosition());
                    assertHolds(filter, stored.getEvents(3).getPosition());
                    assertHolds(filter, stored.getEvents(4).getPosition());
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_event_is_passed_over_by() {
        AppendResponse stored = client().append(other(), other());
        return byField().entrySet().stream()
                .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> {
                    assertHolds(it.getValue(), 0);
                    assertMatches(
                            EventFilter.getDefaultInstance(),
                            0,
                            stored.getEvents(0).getPosition());
                }));
    }

    @Test
    void all_tags_of_a_filter_are_demanded() {
        AppendResponse stored = client().append(
                        event("a").addTags("user:1").addTags("course:1"),
                        event("b").addTags("user:1").addTags("course:2"),
                        event("c").addTags("user:2").addTags("course:2"));

        assertMatches(tags("user:1"), 0, stored.getEvents(0).getPosition());
        assertMatches(tags("course:2"), 0, stored.getEvents(1).getPosition());
        assertMatches(tags("user:1", "course:2"), 0, stored.getEvents(1).getPosition());
        assertHolds(tags("user:2", "course:1"), 0);
        assertHolds(tags("user:1", "course:1", "user:2"), 0);
        assertHolds(tags("user:"), 0);
        assertHolds(tags("user:1"), stored.getEvents(1).getPosition());
    }

    @Test
    void one_of_the_alternatives_is_enough() {
        AppendResponse stored = client().append(
                        event("a").setAction("open").addTags("x"),
                        event("b").setAction("close").addTags("y"));
        EventFilter.Builder either = EventFilter.newBuilder()
                .addAnyOf(EventFilter.newBuilder().addActions("open").addTags("y"))
                .addAnyOf(EventFilter.newBuilder().addActions("close").addTags("y"));

        assertMatches(either.build(), 0, stored.getEvents(1).getPosition());
        assertHolds(either.clone().addArtifactIds("a").build(), 0);
        assertHolds(either.clone().addTags("x").build(), 0);
        assertMatches(
                either.clone().addAnyOf(EventFilter.newBuilder().addTags("x")).build(),
                0,
                stored.getEvents(0).getPosition());
    }

    @Test
    void events_of_the_same_append_do_not_count() {
        client().append(append(event("a").addTags("t"), event("a").addTags("t"))
                .addPreconditions(noEventsMatching(tags("t"), 0)));

        assertThat(client().everything()).hasSize(2);
    }

    @Test
    void violations_of_every_kind_are_reported_together() {
        AppendResponse stored =
                client().append(event("a").addTags("t"), event("b").addTags("u"));

        AppendConflict conflict = conflict(append(event("a"))
                .addPreconditions(noEventsMatching(tags("t"), 0))
                .addPreconditions(noEventsMatching(tags("none"), 0))
                .addPreconditions(sequence("b", 9))
                .addPreconditions(exists("a", true))
                .addPreconditions(
                        noEventsMatching(tags("u"), stored.getEvents(0).getPosition())));

        assertThat(conflict)
                .isEqualTo(AppendConflict.newBuilder()
                        .setViolationCount(3)
                        .addViolations(Violation.newBuilder()
                                .setMatchingPosition(stored.getEvents(0).getPosition()))
                        .addViolations(Violation.newBuilder()
                                .setIndex(2)
                                .setPartitionKey("b")
                                .setActualSequence(1))
                        .addViolations(Violation.newBuilder()
                                .setIndex(4)
                                .setMatchingPosition(stored.getEvents(1).getPosition()))
                        .build());
        assertThat(client().head()).isEqualTo(stored.getPosition());
    }

    @Test
    void a_position_past_the_head_is_refused() {
        long head = client().append(event("a")).getPosition();

        Refusal refusal = Refusal.of(
                ERROR_REASON_POSITION_AHEAD,
                () -> client().append(append(event("a"))
                        .addPreconditions(sequence("a", 1))
                        .addPreconditions(noEventsMatching(tags("t"), head + 1))));

        assertThat(refusal.metadata())
                .containsEntry("field", "preconditions[1].no_events_matching.after_position")
                .containsEntry("position", Long.toString(head + 1))
                .containsEntry("head_position", Long.toString(head));
        assertThat(client().head()).isEqualTo(head);
    }

    @Test
    void of_two_decisions_on_one_boundary_the_second_is_refused_and_can_be_made_anew() {
        long known = client().append(event("course-1").setAction("define").addTags("course:1"))
                .getPosition();
        AppendRequest.Builder first = append(event("u1").setAction("enrol").addTags("course:1"))
                .addPreconditions(noEventsMatching(tags("course:1"), known));
        AppendRequest.Builder second = append(event("u2").setAction("enrol").addTags("course:1"))
                .addPreconditions(noEventsMatching(tags("course:1"), known));

        long enrolled = client().append(first).getPosition();
        assertThat(conflict(second).getViolations(0).getMatchingPosition()).isEqualTo(enrolled);
        AppendResponse anew = client().append(second.setPreconditions(0, noEventsMatching(tags("course:1"), enrolled)));
        assertThat(anew.getPosition()).isGreaterThan(enrolled);
    }

    @Test
    void of_clients_that_decide_on_one_boundary_at_once_exactly_one_succeeds() {
        List<EventFilter> kinds = List.of(
                tags("seat:1"),
                tags("seat:1", "hall:2"),
                EventFilter.newBuilder().addActions("reserve").build(),
                EventFilter.newBuilder().addArtifactIds("seat").build(),
                EventFilter.newBuilder()
                        .addAnyOf(tags("seat:1"))
                        .addAnyOf(tags("none"))
                        .build(),
                EventFilter.newBuilder()
                        .addPartitionKeys("seat")
                        .addProducers("reviewer")
                        .build());
        StoreClient client = client();
        long known = 0;
        try (Together together = new Together(fixture().patience())) {
            for (int round = 0; round < 300; round++) {
                AppendRequest request = append(event("seat")
                                .setAction("reserve")
                                .addTags("seat:1")
                                .addTags("hall:2"))
                        .addPreconditions(noEventsMatching(kinds.get(round % kinds.size()), known))
                        .build();
                Callable<Status.Code> rival = () -> codeOf(client, request);
                assertThat(together.run(Collections.nCopies(6, rival)))
                        .as("round %s", round)
                        .containsOnlyOnce(Status.Code.OK)
                        .containsOnly(Status.Code.OK, Status.Code.ABORTED);
                known = client.head();
            }
        }
        assertThat(client().everything()).hasSize(300);
    }

    private static Status.Code codeOf(StoreClient client, AppendRequest request) {
        try {
            client.append(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private void assertMatches(EventFilter filter, long after, long first) {
        AppendConflict conflict = conflict(check(filter, after));
        assertThat(conflict.getViolationsList())
                .containsExactly(
                        Violation.newBuilder().setMatchingPosition(first).build());
        assertThat(conflict.getViolationCount()).isEqualTo(1);
    }

    private void assertHolds(EventFilter filter, long after) {
        assertThat(client().append(check(filter, after))).isEqualTo(AppendResponse.getDefaultInstance());
    }

    private AppendConflict conflict(AppendRequest.Builder request) {
        return Refusal.of(ERROR_REASON_CONCURRENCY_CONFLICT, () -> client().append(request))
                .detail(AppendConflict.class);
    }

    private static AppendRequest.Builder check(EventFilter filter, long after) {
        return append(event("check"))
                .addPreconditions(noEventsMatching(filter, after))
                .setValidateOnly(true);
    }

    private static EventFilter tags(String... tags) {
        return EventFilter.newBuilder().addAllTags(List.of(tags)).build();
    }

    private static NewEvent.Builder other() {
        return event("o").setTimestamp(Times.time("2020-01-01T00:00:00Z")).addTags("other");
    }

    private static NewEvent.Builder wanted() {
        return NewEvent.newBuilder()
                .setAction("retract")
                .setProducer("robot")
                .setArtifactId("w")
                .setArtifactType("ranking")
                .setThreadId("t1")
                .setPartitionKey("w/t1")
                .setTimestamp(Times.time("2022-01-01T00:00:00Z"))
                .addTags("wanted")
                .addTags("other");
    }

    private static Map<String, EventFilter> byField() {
        Map<String, EventFilter> filters = new LinkedHashMap<>();
        filters.put(
                "partition_keys",
                EventFilter.newBuilder()
                        .addPartitionKeys("x")
                        .addPartitionKeys("w/t1")
                        .build());
        filters.put(
                "actions",
                EventFilter.newBuilder().addActions("retract").addActions("x").build());
        filters.put(
                "artifact_types",
                EventFilter.newBuilder().addArtifactTypes("ranking").build());
        filters.put("artifact_ids", EventFilter.newBuilder().addArtifactIds("w").build());
        filters.put("thread_ids", EventFilter.newBuilder().addThreadIds("t1").build());
        filters.put("producers", EventFilter.newBuilder().addProducers("robot").build());
        filters.put(
                "since",
                EventFilter.newBuilder()
                        .setSince(Times.time("2022-01-01T00:00:00Z"))
                        .build());
        filters.put(
                "until",
                EventFilter.newBuilder()
                        .addProducers("robot")
                        .setUntil(Times.time("2022-01-01T00:00:00.000000001Z"))
                        .build());
        filters.put("tags", tags("wanted", "other"));
        filters.put(
                "any_of",
                EventFilter.newBuilder()
                        .addAnyOf(tags("nothing"))
                        .addAnyOf(tags("wanted"))
                        .build());
        return filters;
    }
}
