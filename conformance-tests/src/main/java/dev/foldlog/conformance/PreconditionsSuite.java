package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendConflict.Violation;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Precondition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Conditions on partitions: what an append may demand of the store as it is at commit. */
public abstract class PreconditionsSuite extends ConformanceSuite {
    protected PreconditionsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void an_expected_sequence_must_be_the_last_one_exactly() {
        client().append(append(event("a")).addPreconditions(sequence("a", 0)));
        client().append(append(event("a"), event("a")).addPreconditions(sequence("a", 1)));
        client().append(append(event("a")).addPreconditions(sequence("a", 3)));

        for (long wrong : List.of(0L, 1L, 3L, 5L, Long.MAX_VALUE)) {
            assertThat(conflict(append(event("a")).addPreconditions(sequence("a", wrong))))
                    .isEqualTo(conflictOf(partitionAt(0, "a", 4)));
        }
        assertThat(client().everything()).hasSize(4);
    }

    @Test
    void sequence_zero_means_that_the_partition_never_had_an_event() {
        client().append(event("b"));

        assertThat(conflict(append(event("a")).addPreconditions(sequence("a", 1))))
                .isEqualTo(conflictOf(partitionAt(0, "a", 0)));
        assertThat(client().append(append(event("a")).addPreconditions(sequence("a", 0)))
                        .getEventsCount())
                .isEqualTo(1);
    }

    @Test
    void existence_can_be_demanded_and_ruled_out() {
        assertThat(conflict(append(event("a")).addPreconditions(exists("a", true))))
                .isEqualTo(conflictOf(partitionAt(0, "a", 0)));
        client().append(append(event("a")).addPreconditions(exists("a", false)));
        client().append(append(event("a")).addPreconditions(exists("a", true)));
        assertThat(conflict(append(event("a")).addPreconditions(exists("a", false))))
                .isEqualTo(conflictOf(partitionAt(0, "a", 2)));
    }

    @Test
    void conditions_may_be_on_partitions_that_the_append_does_not_write() {
        client().append(event("a"), event("b"), event("b"));

        client().append(append(event("c"))
                .addPreconditions(sequence("a", 1))
                .addPreconditions(exists("b", true))
                .addPreconditions(exists("d", false)));
        assertThat(conflict(append(event("c")).addPreconditions(sequence("b", 1))))
                .isEqualTo(conflictOf(partitionAt(0, "b", 2)));
        assertThat(client().partition("c").getLastSequence()).isEqualTo(1);
    }

    @Test
    void events_of_the_same_append_do_not_count() {
        client().append(append(event("a"), event("a"), event("b"))
                .addPreconditions(sequence("a", 0))
                .addPreconditions(exists("b", false)));

        assertThat(client().everything()).hasSize(3);
    }

    @Test
    void all_that_fail_are_reported_together_with_their_indexes() {
        client().append(event("a"), event("a"), event("b"));

        AppendConflict conflict = conflict(append(event("a"))
                .addPreconditions(sequence("a", 2))
                .addPreconditions(sequence("a", 1))
                .addPreconditions(exists("b", true))
                .addPreconditions(exists("b", false))
                .addPreconditions(exists("c", true))
                .addPreconditions(sequence("c", 0)));

        assertThat(conflict)
                .isEqualTo(conflictOf(partitionAt(1, "a", 2), partitionAt(3, "b", 1), partitionAt(4, "c", 0)));
        assertThat(client().everything()).hasSize(3);
    }

    @Test
    void a_thousand_that_fail_are_counted_and_as_many_listed_as_fit() {
        client().append(event("a"));
        List<Precondition> failing = IntStream.range(0, 1000)
                .mapToObj(it -> sequence("a partition key of some length " + it, 1))
                .toList();

        AppendConflict conflict = conflict(append(event("a")).addAllPreconditions(failing));

        assertThat(conflict.getViolationCount()).isEqualTo(1000);
        assertThat(conflict.getViolationsList()).hasSizeBetween(10, 999);
        assertThat(conflict.getViolationsList().stream().map(Violation::getIndex))
                .containsExactlyElementsOf(IntStream.range(0, conflict.getViolationsCount())
                        .boxed()
                        .toList());
    }

    @Test
    void a_thousand_that_hold_are_taken() {
        client().append(event("a"));
        List<Precondition> holding = IntStream.range(0, 1000)
                .mapToObj(it -> exists("none" + it, false))
                .toList();

        assertThat(client().append(append(event("a")).addAllPreconditions(holding))
                        .getEvents(0)
                        .getSequence())
                .isEqualTo(2);
    }

    @Test
    void a_refused_append_can_be_repeated_once_its_condition_holds() {
        String id = Events.uuid();
        AppendRequest.Builder request = append(event("a").setEventId(id)).addPreconditions(sequence("b", 1));

        assertThat(conflict(request)).isEqualTo(conflictOf(partitionAt(0, "b", 0)));
        client().append(event("b"));
        assertThat(client().append(request).getReplayed()).isFalse();
        assertThat(client().event(id).getSequence()).isEqualTo(1);
    }

    private AppendConflict conflict(AppendRequest.Builder request) {
        return Refusal.of(ERROR_REASON_CONCURRENCY_CONFLICT, () -> client().append(request))
                .detail(AppendConflict.class);
    }

    private static AppendConflict conflictOf(Violation... violations) {
        return AppendConflict.newBuilder()
                .addAllViolations(List.of(violations))
                .setViolationCount(violations.length)
                .build();
    }

    private static Violation partitionAt(int index, String partition, long actual) {
        return Violation.newBuilder()
                .setIndex(index)
                .setPartitionKey(partition)
                .setActualSequence(actual)
                .build();
    }
}
