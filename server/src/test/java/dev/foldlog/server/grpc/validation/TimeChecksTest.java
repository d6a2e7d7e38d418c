package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.v1.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TimeChecksTest {
    private static final FieldPath FIELD = FieldPath.ROOT.field("timestamp");
    private static final Instant LATEST = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void keeps_a_time_to_the_nanosecond() {
        Violations violations = new Violations();
        Timestamp time = Timestamp.newBuilder()
                .setSeconds(1_767_225_600)
                .setNanos(123_456_789)
                .build();

        assertThat(TimeChecks.eventTime(time, LATEST, FIELD, violations))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456789Z"));
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void refuses_what_is_no_time() {
        judged(Long.MAX_VALUE, 0).isMalformed("timestamp.seconds");
        judged(Long.MIN_VALUE, 0).isMalformed("timestamp.seconds");
        judged(0, -1).isMalformed("timestamp.nanos");
        judged(0, 1_000_000_000).isMalformed("timestamp.nanos");
    }

    @Test
    void an_event_is_from_1700_to_some_time_ahead() {
        judged(Instant.parse("1700-01-01T00:00:00Z")).isAccepted();
        judged(Instant.parse("1699-12-31T23:59:59.999999999Z")).isMalformed("timestamp");
        judged(LATEST).isAccepted();
        assertThat(judged(LATEST.plusNanos(1))
                        .isRefused(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD, "timestamp")
                        .metadata())
                .containsEntry("timestamp", "2026-01-02T00:00:00.000000001Z")
                .containsEntry("max", "2026-01-02T00:00:00Z");
        judged(Instant.parse("9999-12-31T23:59:59Z")).isRefused(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD, "timestamp");
    }

    @Test
    void the_latest_time_is_one_that_fits() {
        assertThat(TimeChecks.latest(LATEST, Duration.ofHours(24))).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
        assertThat(TimeChecks.latest(LATEST, Duration.ofDays(1_000_000))).isEqualTo(EpochNanos.LATEST);
        assertThat(TimeChecks.latest(LATEST, Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(EpochNanos.LATEST);
    }

    @Test
    void a_duration_lies_in_its_range() {
        TimeChecks.Range range = new TimeChecks.Range(Duration.ofSeconds(1), Duration.ofSeconds(300));

        judged(1, 0, range).isAccepted();
        judged(300, 0, range).isAccepted();
        judged(0, 999_999_999, range).isMalformed("heartbeat_interval");
        judged(300, 1, range).isMalformed("heartbeat_interval");
        judged(-5, 0, range).isMalformed("heartbeat_interval");
        assertThat(judged(0, 999_999_999, range).isMalformed("heartbeat_interval"))
                .hasMessage("heartbeat_interval: 0.999999999s (expected: 1s to 300s)");
        judged(Long.MIN_VALUE, 0, range).isMalformed("heartbeat_interval");
        judged(Long.MAX_VALUE, 0, range).isMalformed("heartbeat_interval");
        judged(5, Integer.MIN_VALUE, range).isMalformed("heartbeat_interval");
    }

    private static Judged judged(Instant time) {
        return judged(time.getEpochSecond(), time.getNano());
    }

    private static Judged judged(long seconds, int nanos) {
        Timestamp time =
                Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
        return Judged.by(violations -> TimeChecks.eventTime(time, LATEST, FIELD, violations));
    }

    private static Judged judged(long seconds, int nanos, TimeChecks.Range range) {
        com.google.protobuf.Duration duration = com.google.protobuf.Duration.newBuilder()
                .setSeconds(seconds)
                .setNanos(nanos)
                .build();
        FieldPath field = FieldPath.ROOT.field("heartbeat_interval");
        return Judged.by(violations -> TimeChecks.duration(duration, range, field, violations));
    }
}
