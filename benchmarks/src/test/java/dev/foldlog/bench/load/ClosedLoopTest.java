package dev.foldlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
    @Test
    void exactly_so_many_calls_are_made_and_their_events_summed() throws InterruptedException {
        AtomicLong calls = new AtomicLong();

        LoadResult result = ClosedLoop.count(
                (caller, answer) -> {
                    calls.incrementAndGet();
                    answer.done(3);
                },
                4,
                100);

        assertThat(calls).hasValue(100);
        assertThat(result.events()).isEqualTo(300);
        assertThat(result.latencies().count()).isEqualTo(100);
    }

    @Test
    void a_call_that_fails_fails_the_load() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ClosedLoop.count(
                        (caller, answer) -> answer.failed(new IllegalArgumentException("refused")), 2, 10))
                .withMessageContaining("refused");
    }
}
