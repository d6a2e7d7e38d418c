package dev.foldlog.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private final AtomicLong clock = new AtomicLong(1_000);
    private final History history = new History(clock::incrementAndGet, 2);

    @Test
    void each_call_is_a_line_with_the_moments_of_its_beginning_and_end() {
        history.add(0, new Call.Append("p0", "a", OptionalLong.of(4)), history.now(), new Outcome.Appended(5, false));
        history.add(1, new Call.Append("p0", "b", OptionalLong.empty()), history.now(), new Outcome.Conflict(5));
        history.add(2, new Call.Read("p0"), history.now(), new Outcome.Events(List.of("a", "b"), 2));
        history.add(3, new Call.Read("p1"), history.now(), new Outcome.Events(List.of(), 0));
        history.add(4, new Call.Last("p1"), history.now(), new Outcome.LastSequence(7));

        assertThat(history.lines(new HistoryPlan(9, 5, 2, 1)))
                .containsExactly(
                        "{\"seed\":9,\"clients\":5,\"partitions\":2,\"operations\":5}",
                        "{\"client\":0,\"partition\":\"p0\",\"op\":\"append\",\"id\":\"a\",\"expected\":4,\"call\":1,"
                                + "\"return\":2,\"outcome\":\"ok\",\"sequence\":5,\"replayed\":false}",
                        "{\"client\":1,\"partition\":\"p0\",\"op\":\"append\",\"id\":\"b\",\"call\":3,"
                                + "\"return\":4,\"outcome\":\"conflict\",\"last\":5}",
                        "{\"client\":2,\"partition\":\"p0\",\"op\":\"read\",\"call\":5,"
                                + "\"return\":6,\"outcome\":\"ok\",\"last\":2,\"ids\":[\"a\",\"b\"]}",
                        "{\"client\":3,\"partition\":\"p1\",\"op\":\"read\",\"call\":7,"
                                + "\"return\":8,\"outcome\":\"ok\",\"last\":0,\"ids\":[]}",
                        "{\"client\":4,\"partition\":\"p1\",\"op\":\"last\",\"call\":9,"
                                + "\"return\":10,\"outcome\":\"ok\",\"last\":7}");
    }

    @Test
    void a_call_of_unknown_outcome_has_no_end() {
        history.add(0, new Call.Append("p0", "a", OptionalLong.of(0)), history.now(), new Outcome.Unknown());

        assertThat(history.lines(new HistoryPlan(1, 1, 1, 1)).getLast())
                .isEqualTo(
                        "{\"client\":0,\"partition\":\"p0\",\"op\":\"append\",\"id\":\"a\",\"expected\":0,\"call\":1,"
                                + "\"outcome\":\"unknown\"}");
    }

    @Test
    void the_middle_is_told_when_it_is_reached() throws InterruptedException {
        history.add(0, new Call.Last("p"), 0, new Outcome.LastSequence(0));
        assertThat(history.awaitMiddle(Duration.ZERO)).isFalse();
        history.add(0, new Call.Last("p"), 0, new Outcome.LastSequence(0));
        assertThat(history.awaitMiddle(Duration.ZERO)).isTrue();
    }

    @Test
    void a_plan_without_calls_is_refused() {
        assertThatThrownBy(() -> new HistoryPlan(1, 1, 1, 0)).hasMessage("operations: 0 (expected: >= 1)");
        assertThat(new HistoryPlan(1, 3, 1, 4).operationsOfAll()).isEqualTo(12);
    }
}
