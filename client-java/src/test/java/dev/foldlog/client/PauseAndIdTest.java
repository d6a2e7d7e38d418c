package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.client.error.FoldlogException;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PauseAndIdTest {
    private static final RetryPolicy POLICY = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(350));

    @Test
    void pauses_are_drawn_from_nothing_up_to_a_bound_that_doubles() {
        assertThat(bounds(new Backoff(POLICY, largest()), 4)).containsExactly(100L, 200L, 350L, 350L);
        assertThat(bounds(new Backoff(POLICY, () -> 0), 3)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void short_pauses_come_back_after_a_success() {
        Backoff backoff = new Backoff(POLICY, largest());
        bounds(backoff, 3);

        backoff.reset();

        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_pause_that_the_server_asks_for_comes_on_top() {
        Backoff backoff = new Backoff(POLICY, largest());
        FoldlogException plain = FoldlogException.of(Status.UNAVAILABLE.asRuntimeException());
        FoldlogException asking = FoldlogException.of(Answers.retryAfter(Duration.ofSeconds(2)));

        assertThat(backoff.after(plain)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.after(asking)).isEqualTo(Duration.ofMillis(2_200));
    }

    @Test
    void options_refuse_what_makes_no_sense() {
        assertThatThrownBy(() -> POLICY.withTriesMax(0)).hasMessage("triesMax: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("firstPauseMax");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(2), Duration.ofMillis(1)))
                .hasMessageContaining("pauseMax");
        assertThatThrownBy(() -> ClientOptions.STANDARD.withRerunsMax(-1)).hasMessage("rerunsMax: -1 (expected: >= 0)");
        assertThatThrownBy(() -> ClientOptions.STANDARD.withSilenceMax(Duration.ZERO))
                .hasMessageContaining("silenceMax");
        assertThatThrownBy(() -> ClientOptions.STANDARD.withDeadlines(Duration.ZERO, Duration.ofMillis(1)))
                .hasMessageContaining("deadline");
        assertThatThrownBy(() -> new SubscriptionStart.AfterPosition(-1)).hasMessage("position: -1 (expected: >= 0)");
        assertThatThrownBy(() -> SubscribeOptions.after(0).withHeartbeats(Duration.ofSeconds(1), 0))
                .hasMessageContaining("heartbeatsMissedMax");
    }

    @Test
    void ids_are_version_7_of_their_time_and_grow_also_when_the_clock_goes_back() {
        AtomicLong millis = new AtomicLong(1_700_000_000_000L);
        EventIds ids = new EventIds(() -> Instant.ofEpochMilli(millis.get()), new Random(7));
        List<String> made = new ArrayList<>();

        for (int i = 0; i < 5_000; i++) {
            made.add(ids.next());
            millis.addAndGet(i % 2 == 0 ? 1 : -2);
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
        UUID first = UUID.fromString(made.getFirst());
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(1_700_000_000_000L);
    }

    private static List<Long> bounds(Backoff backoff, int count) {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pauses.add(backoff.next().toMillis());
        }
        return pauses;
    }

    /** Always draws the largest number. */
    private static RandomGenerator largest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return Long.MAX_VALUE;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
