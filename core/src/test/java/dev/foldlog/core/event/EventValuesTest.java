package dev.foldlog.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The values that events are made of: what they refuse, copy and compare. */
final class EventValuesTest {
    @Test
    void positions_and_sequences_are_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Position(-1))
                .withMessage("position: -1 (expected: >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sequence(-1))
                .withMessage("sequence: -1 (expected: >= 0)");
        assertThat(Position.NONE.value()).isZero();
        assertThat(Sequence.NONE.value()).isZero();
    }

    @Test
    void positions_and_sequences_are_ordered_by_value() {
        Position seven = new Position(7);
        assertThat(seven.isAfter(new Position(6))).isTrue();
        assertThat(seven.isAfter(seven)).isFalse();
        assertThat(seven.isAfter(new Position(Long.MAX_VALUE))).isFalse();
        assertThat(seven).isGreaterThan(new Position(6)).isLessThan(new Position(8));
        assertThat(new Sequence(2)).isGreaterThan(new Sequence(1)).isLessThan(new Sequence(3));
        assertThat(Sequence.NONE.next()).isEqualTo(new Sequence(1));
        assertThat(seven).hasToString("7");
        assertThat(new Sequence(9)).hasToString("9");
    }

    @Test
    void an_id_has_text() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventId(""))
                .withMessage("event_id: empty (expected: 1..128 bytes)");
        assertThat(new EventId("A")).isNotEqualTo(new EventId("a")).hasToString("A");
    }

    @Test
    void facts_have_a_version_from_one() {
        assertThat(facts(1, List.of()).eventVersion()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts(0, List.of()))
                .withMessage("eventVersion: 0 (expected: >= 1)");
    }

    @Test
    void facts_keep_their_tags_whatever_becomes_of_the_list() {
        List<String> tags = new ArrayList<>(List.of("b", "a"));
        EventFacts facts = facts(1, tags);
        tags.clear();

        assertThat(facts.tags()).containsExactly("b", "a").isUnmodifiable();
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker can do
    void nothing_that_must_be_there_can_be_null() {
        assertThatNullPointerException().isThrownBy(() -> new EventId(null)).withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> new RecordedEvent(null, new byte[0], null))
                .withMessage("position");
        assertThatNullPointerException()
                .isThrownBy(() -> new Stamp(Position.NONE, Sequence.NONE, null, Position.NONE))
                .withMessage("recordedAt");
        assertThatNullPointerException()
                .isThrownBy(
                        () -> new NewEvent(facts(1, List.of()), null, null, new byte[0], new byte[0], PayloadForm.JSON))
                .withMessage("idOrigin");
    }

    @Test
    void sizes_count_envelope_and_payload() {
        assertThat(new RecordedEvent(Position.NONE, new byte[3], new byte[4]).sizeBytes())
                .isEqualTo(7);
        assertThat(RecordedEvent.withoutPayload(Position.NONE, new byte[3]).sizeBytes())
                .isEqualTo(3);
        assertThat(new NewEvent(
                                facts(1, List.of()),
                                IdOrigin.CLIENT,
                                null,
                                new byte[5],
                                new byte[6],
                                PayloadForm.OPAQUE)
                        .sizeBytes())
                .isEqualTo(11);
    }

    @Test
    void times_become_nanoseconds_and_back_on_both_sides_of_1970() {
        for (String text : List.of(
                "1700-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "2026-03-01T12:00:00.123456789Z",
                "2262-04-11T23:47:16.854775807Z")) {
            Instant time = Instant.parse(text);
            assertThat(EpochNanos.instant(EpochNanos.of(time))).as(text).isEqualTo(time);
            assertThat(EpochNanos.clamped(time)).as(text).isEqualTo(EpochNanos.of(time));
        }
        assertThat(EpochNanos.of(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo(-1);
        assertThat(EpochNanos.LATEST).isEqualTo(Instant.parse("2262-04-11T23:47:16.854775807Z"));
    }

    @Test
    void times_that_do_not_fit_are_refused_or_moved_to_the_ends() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> EpochNanos.of(EpochNanos.LATEST.plusNanos(1)));
        assertThat(EpochNanos.clamped(EpochNanos.LATEST.plusNanos(1))).isEqualTo(Long.MAX_VALUE);
        assertThat(EpochNanos.clamped(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(EpochNanos.clamped(EpochNanos.EARLIEST.minusNanos(1))).isEqualTo(Long.MIN_VALUE);
        assertThat(EpochNanos.clamped(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }

    private static EventFacts facts(int version, List<String> tags) {
        return new EventFacts(new EventId("id"), "p", "approved", "tests", "artifact", "summary", "", version, tags);
    }
}
