package dev.foldlog.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static final int BYTES_MAX = 512 << 20;

    @Test
    void sizes_have_an_upper_bound_that_the_transport_can_hold_twice() {
        assertThatCode(() -> of(BYTES_MAX, 1_000_000)).doesNotThrowAnyException();
        Math.multiplyExact(2, BYTES_MAX - 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(BYTES_MAX + 1, 1))
                .withMessage("appendBytesMax: 536870913 (expected: 1 to 536870912)");
    }

    @Test
    void counts_have_an_upper_bound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(1, 1_000_001))
                .withMessage("batchEventsMax: 1000001 (expected: 1 to 1000000)");
        assertThatIllegalArgumentException().isThrownBy(() -> of(0, 1));
    }

    private static Limits of(int appendBytesMax, int batchEventsMax) {
        return new Limits(1, appendBytesMax, 1, batchEventsMax, 1, 1, Duration.ZERO);
    }
}
