package dev.foldlog.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void pauses_grow_to_a_bound_and_start_anew_after_a_reset() {
        Backoff backoff = new Backoff(new Random(3));
        Duration bound = Duration.ofMillis(250);
        for (int i = 0; i < 12; i++) {
            assertThat(backoff.pause(Duration.ZERO)).isBetween(bound.dividedBy(2), bound);
            bound = bound.multipliedBy(2).compareTo(Duration.ofSeconds(15)) > 0
                    ? Duration.ofSeconds(15)
                    : bound.multipliedBy(2);
        }
        backoff.reset();
        assertThat(backoff.pause(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void a_pause_is_not_shorter_than_the_server_asked_for() {
        assertThat(new Backoff(new Random(3)).pause(Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void request_ids_are_uuids_of_version_7_with_the_time_first() {
        UUID id = RequestIds.next(() -> Instant.ofEpochMilli(0x0123456789ABL), new Random(3));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.toString()).startsWith("01234567-89ab-7");
        assertThat(RequestIds.next(() -> Instant.EPOCH, new Random(4)))
                .isNotEqualTo(RequestIds.next(() -> Instant.EPOCH, new Random(5)));
    }
}
