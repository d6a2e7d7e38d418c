package dev.foldlog.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads and pages: what they refuse and copy. */
final class ReadValuesTest {
    @Test
    void a_page_holds_at_least_one_event_and_one_byte() {
        assertThat(new PageLimit(1, 1, false).eventsMax()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageLimit(0, 1, true))
                .withMessage("eventsMax: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageLimit(1, 0, true))
                .withMessage("bytesMax: 0 (expected: >= 1)");
    }

    @Test
    void a_slice_has_a_limit_from_zero() {
        assertThat(since(0).limit()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> since(-1)).withMessage("limit: -1 (expected: >= 0)");
    }

    @Test
    void a_page_keeps_its_events_whatever_becomes_of_the_list() {
        List<RecordedEvent> events =
                new ArrayList<>(List.of(RecordedEvent.withoutPayload(new Position(1), new byte[0])));
        EventPage page = new EventPage(events, new Position(1), true);
        events.clear();

        assertThat(page.events()).hasSize(1).isUnmodifiable();
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker can do
    void nothing_that_must_be_there_can_be_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new LogRead(EventFilter.ALL, null, Position.NONE, Position.NONE))
                .withMessage("direction");
        assertThatNullPointerException()
                .isThrownBy(() -> new StreamRead("p", EventFilter.ALL, Direction.FORWARD, Sequence.NONE, null))
                .withMessage("asOf");
        assertThatNullPointerException()
                .isThrownBy(() -> new StreamSinceRead("p", null, EventFilter.ALL, 0, Position.NONE))
                .withMessage("since");
        assertThatNullPointerException()
                .isThrownBy(() -> new StreamSlice(Sequence.NONE, false, null))
                .withMessage("cursor");
    }

    private static StreamSinceRead since(long limit) {
        return new StreamSinceRead("p", Instant.EPOCH, EventFilter.ALL, limit, Position.NONE);
    }
}
