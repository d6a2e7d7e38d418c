package dev.foldlog.conformance.wire;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times on the wire and as instants. */
public final class Times {
    private Times() {}

    /** A time such as 2024-05-01T12:00:00Z. */
    public static Timestamp time(String text) {
        return timestamp(Instant.parse(text));
    }

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
