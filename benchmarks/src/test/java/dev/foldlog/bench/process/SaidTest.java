package dev.foldlog.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.bench.report.Metric;
import org.junit.jupiter.api.Test;

final class SaidTest {
    @Test
    void a_rate_and_the_waits_that_were_said_make_a_sample() {
        assertThat(Said.of("events=100 seconds=0.5 p99_ms=3.25 sqlite=3.54.1\n")
                        .sample()
                        .build()
                        .values())
                .containsEntry(Metric.events, 100.0)
                .containsEntry(Metric.events_per_s, 200.0)
                .containsEntry(Metric.p99_ms, 3.25)
                .hasSize(3);
    }

    @Test
    void what_was_not_said_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Said.of("events=1").number("cpu_us"))
                .withMessageContaining("cpu_us");
    }

    @Test
    void other_words_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Said.of("Segmentation fault"));
    }
}
