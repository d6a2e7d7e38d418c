package dev.foldlog.server.grpc.validation;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.EpochNanos;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks of times and durations. */
public final class TimeChecks {
    // What google.protobuf.Timestamp allows: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
    private static final long SECONDS_MIN = -62_135_596_800L;
    private static final long SECONDS_MAX = 253_402_300_799L;
    private static final int NANOS_MAX = 999_999_999;
    private static final int NANO_DIGITS = 9;

    private TimeChecks() {}

    /** The time; null, and a violation, when it is none that google.protobuf.Timestamp allows. */
    public static @Nullable Instant instant(Timestamp time, FieldPath field, Violations violations) {
        long seconds = time.getSeconds();
        int nanos = time.getNanos();
        if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
            violations.malformed(field.field("seconds"), Long.toString(seconds), SECONDS_MIN + " to " + SECONDS_MAX);
            return null;
        }
        if (nanos < 0 || nanos > NANOS_MAX) {
            violations.malformed(field.field("nanos"), Integer.toString(nanos), "0 to " + NANOS_MAX);
            return null;
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** The time of an event: from 1700-01-01 to {@code latest}. */
    public static @Nullable Instant eventTime(Timestamp time, Instant latest, FieldPath field, Violations violations) {
        Instant instant = instant(time, field, violations);
        if (instant == null) {
            return null;
        }
        if (instant.isBefore(EpochNanos.EARLIEST)) {
            violations.malformed(field, instant.toString(), EpochNanos.EARLIEST + " or later");
            return null;
        }
        if (instant.isAfter(latest)) {
            violations.timeAhead(field, instant, latest);
            return null;
        }
        return instant;
    }

    /** The latest time that an event may have now. */
    public static Instant latest(Instant now, Duration aheadMax) {
        Duration untilLatest = Duration.between(now, EpochNanos.LATEST);
        return aheadMax.compareTo(untilLatest) < 0 ? now.plus(aheadMax) : EpochNanos.LATEST;
    }

    /** A duration that must lie in a range; {@code min}, and a violation, when it does not. */
    public static Duration duration(
            com.google.protobuf.Duration asked, Range range, FieldPath field, Violations violations) {
        boolean isOneSigned = Long.signum(asked.getSeconds()) * Integer.signum(asked.getNanos()) >= 0;
        boolean isValid = isOneSigned
                && Math.abs((long) asked.getNanos()) <= NANOS_MAX
                && Math.abs(asked.getSeconds()) <= SECONDS_MAX
                && asked.getSeconds() != Long.MIN_VALUE;
        Duration duration = isValid ? Duration.ofSeconds(asked.getSeconds(), asked.getNanos()) : null;
        if (duration == null || duration.compareTo(range.min) < 0 || duration.compareTo(range.max) > 0) {
            String actual = duration == null
                    ? "seconds " + asked.getSeconds() + ", nanos " + asked.getNanos()
                    : shown(duration);
            violations.malformed(field, actual, shown(range.min) + " to " + shown(range.max));
            return range.min;
        }
        return duration;
    }

    /** As requests in JSON write it: {@code 1.5s}. */
    private static String shown(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
                        .stripTrailingZeros()
                        .toPlainString()
                + 's';
    }

    /** The shortest and the longest duration that are accepted. */
    public record Range(Duration min, Duration max) {
        public Range {
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("min: " + min + " (expected: at most " + max + ')');
            }
        }
    }
}
