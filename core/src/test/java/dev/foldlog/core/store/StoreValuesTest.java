package dev.foldlog.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a store tells of itself and of its failures. */
final class StoreValuesTest {
    @Test
    void only_what_may_pass_by_itself_is_worth_a_retry() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(ErrorCode::isRetryable))
                .containsExactly(ErrorCode.OVERLOADED, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.UNAVAILABLE);
    }

    @Test
    void damage_says_where_it_is() {
        CorruptionException damage = new CorruptionException(new Position(7), "event at position 7: damaged");

        assertThat(damage.position()).isEqualTo(new Position(7));
        assertThat(damage.code()).isEqualTo(ErrorCode.CORRUPT);
    }

    @Test
    void a_failure_keeps_its_cause() {
        Throwable cause = new IllegalStateException("why");

        assertThat(new StoreException(ErrorCode.DEFECT, "what", cause))
                .hasCause(cause)
                .hasMessage("what");
    }

    @Test
    void an_unknown_partition_is_an_empty_one() {
        assertThat(PartitionState.empty("p"))
                .isEqualTo(new PartitionState("p", Sequence.NONE, Sequence.NONE, Position.NONE, null));
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the checker can do
    void nothing_that_must_be_there_can_be_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new StoreException(null, "what"))
                .withMessage("code");
        assertThatNullPointerException()
                .isThrownBy(() -> new CorruptionException(null, "what"))
                .withMessage("position");
        assertThatNullPointerException()
                .isThrownBy(() -> new PartitionState("p", Sequence.NONE, null, Position.NONE, null))
                .withMessage("last");
    }
}
