package dev.foldlog.server.grpc.codec;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times between Java and protobuf, to the nanosecond. */
public final class ProtoTimes {
    private ProtoTimes() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
