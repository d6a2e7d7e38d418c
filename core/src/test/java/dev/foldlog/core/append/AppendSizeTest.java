package dev.foldlog.core.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Precondition.PartitionAt;
import dev.foldlog.core.append.Precondition.PartitionExists;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An append is as large as everything in it that a client can make large. */
final class AppendSizeTest {
    private static final String LONG = "x".repeat(10_000);
    private static final NewEvent EVENT = new NewEvent(
            new EventFacts(new EventId("id"), "p", "approved", "tests", "artifact", "summary", "", 1, List.of()),
            IdOrigin.CLIENT,
            null,
            new byte[2],
            new byte[3],
            PayloadForm.JSON);

    @Test
    void counts_every_kind_of_precondition() {
        for (Precondition precondition : List.of(
                new PartitionAt(LONG, Sequence.NONE),
                new PartitionExists(LONG, true),
                new NoneMatching(filter(2), Position.NONE))) {
            assertThat(size(List.of(precondition), List.of())).isGreaterThan(LONG.length());
            assertThat(size(List.of(precondition, precondition), List.of())).isGreaterThan(2L * LONG.length());
        }
    }

    @Test
    void counts_checkpoints() {
        assertThat(size(List.of(), List.of(new CheckpointMove(LONG, Position.NONE, null, false))))
                .isGreaterThan(LONG.length());
    }

    @Test
    void counts_every_field_of_a_filter_and_of_its_alternatives() {
        RecordComponent[] fields = EventFilter.class.getRecordComponents();
        List<String> counted = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].getType() == Set.class) {
                counted.add(fields[i].getName());
                assertThat(filter(i).sizeBytes()).as(fields[i].getName()).isGreaterThan(LONG.length());
                EventFilter alternative = new EventFilter(
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        Set.of(),
                        List.of(filter(i), filter(i)));
                assertThat(alternative.sizeBytes()).isGreaterThan(2L * LONG.length());
            }
        }
        assertThat(counted).hasSize(7);
    }

    @Test
    void many_small_conditions_are_not_for_nothing() {
        List<Precondition> conditions =
                java.util.Collections.nCopies(1_000, new NoneMatching(EventFilter.ALL, Position.NONE));

        assertThat(size(conditions, List.of())).isGreaterThan(100_000);
    }

    private static long size(List<Precondition> preconditions, List<CheckpointMove> checkpoints) {
        return new Append(List.of(EVENT), preconditions, checkpoints, false).sizeBytes();
    }

    /** A filter with one long value in the field of this index. */
    private static EventFilter filter(int field) {
        List<Set<String>> sets = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            sets.add(i == field ? Set.of(LONG) : Set.of());
        }
        return new EventFilter(
                sets.get(0),
                sets.get(1),
                sets.get(2),
                sets.get(3),
                sets.get(4),
                sets.get(5),
                null,
                null,
                sets.get(8),
                List.of());
    }
}
