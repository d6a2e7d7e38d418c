package dev.foldlog.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.Conflict;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appends and their outcomes: what they refuse and copy. */
final class AppendValuesTest {
    private static final NewEvent EVENT = new NewEvent(
            new EventFacts(new EventId("id"), "p", "approved", "tests", "artifact", "summary", "", 1, List.of()),
            IdOrigin.CLIENT,
            null,
            new byte[2],
            new byte[3],
            PayloadForm.JSON);

    @Test
    void an_append_has_events() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Append(List.of(), List.of(), List.of(), false))
                .withMessage("events: none (expected: at least one)");
    }

    @Test
    void an_append_is_as_large_as_its_events() {
        assertThat(new Append(List.of(EVENT, EVENT), List.of(), List.of(), false).sizeBytes())
                .isEqualTo(10);
    }

    @Test
    void an_append_keeps_what_it_was_given_whatever_becomes_of_the_lists() {
        List<NewEvent> events = new ArrayList<>(List.of(EVENT));
        List<Precondition> preconditions = new ArrayList<>(List.of(new Precondition.PartitionExists("p", true)));
        List<CheckpointMove> checkpoints =
                new ArrayList<>(List.of(new CheckpointMove("c", Position.NONE, null, false)));
        Append append = new Append(events, preconditions, checkpoints, true);
        events.clear();
        preconditions.clear();
        checkpoints.clear();

        assertThat(append.events()).hasSize(1).isUnmodifiable();
        assertThat(append.preconditions()).hasSize(1).isUnmodifiable();
        assertThat(append.checkpoints()).hasSize(1).isUnmodifiable();
    }

    @Test
    void outcomes_keep_what_they_were_given_whatever_becomes_of_the_lists() {
        List<AppendedEvent> events = new ArrayList<>(
                List.of(new AppendedEvent(new EventId("id"), "p", new Sequence(1), new Position(1), Instant.EPOCH)));
        List<Violation> violations = new ArrayList<>(List.of(new Violation.EventMatches(0, new Position(1))));
        Appended appended = new Appended(events, false);
        Conflict conflict = new Conflict(violations);
        events.clear();
        violations.clear();

        assertThat(appended.events()).hasSize(1);
        assertThat(conflict.violations()).hasSize(1);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker can do
    void nothing_that_must_be_there_can_be_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Precondition.PartitionAt(null, Sequence.NONE))
                .withMessage("partitionKey");
        assertThatNullPointerException()
                .isThrownBy(() -> new Precondition.NoneMatching(EventFilter.ALL, null))
                .withMessage("after");
        assertThatNullPointerException()
                .isThrownBy(() -> new CheckpointMove("c", null, null, false))
                .withMessage("position");
        assertThatNullPointerException()
                .isThrownBy(() -> new CheckpointOutcome.Checkpoint("c", Position.NONE, null))
                .withMessage("updatedAt");
        assertThatNullPointerException()
                .isThrownBy(() -> new Violation.PartitionElsewhere(0, "p", null))
                .withMessage("actual");
    }
}
