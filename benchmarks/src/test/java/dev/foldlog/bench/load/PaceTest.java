package dev.foldlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
    @Test
    void calls_are_due_at_equal_distances_from_the_first() {
        Pace pace = new Pace(1_000, 5, 500);

        assertThat(pace.dueNanos(1_000)).isEqualTo(5);
        assertThat(pace.dueNanos(1_500)).isEqualTo(5 + 1_000_000_000L);
    }

    @Test
    void rounding_does_not_add_up() {
        assertThat(new Pace(0, 0, 3).dueNanos(3_000_000)).isEqualTo(1_000_000_000_000_000L);
    }
}
