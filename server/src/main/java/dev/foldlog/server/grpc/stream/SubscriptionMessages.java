package dev.foldlog.server.grpc.stream;

import com.google.protobuf.Duration;
import dev.foldlog.core.event.Position;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.v1.CaughtUp;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.FellBehind;
import dev.foldlog.v1.Heartbeat;
import dev.foldlog.v1.SubscribeAllResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages of SubscribeAll. */
final class SubscriptionMessages {
    private SubscriptionMessages() {}

    static EncodedMessage confirmed(Position position, Confirmed confirmed) {
        return EncodedMessage.of(at(position).setConfirmed(confirmed).build());
    }

    /** A batch of encoded events, at least one. */
    static EncodedMessage batch(Position position, List<byte[]> events) {
        long bytes = 0;
        for (byte[] event : events) {
            bytes += Wire.embeddedSize(event.length);
        }
        List<byte[]> parts = new ArrayList<>(2 * events.size() + 2);
        parts.add(at(position).build().toByteArray());
        parts.add(Wire.head(SubscribeAllResponse.BATCH_FIELD_NUMBER, Math.toIntExact(bytes)));
        parts.addAll(Wire.repeated(EventBatch.EVENTS_FIELD_NUMBER, events));
        return new EncodedMessage(parts);
    }

    static EncodedMessage caughtUp(Position position, Instant now) {
        CaughtUp caughtUp =
                CaughtUp.newBuilder().setServerTime(ProtoTimes.timestamp(now)).build();
        return EncodedMessage.of(at(position).setCaughtUp(caughtUp).build());
    }

    static EncodedMessage fellBehind(Position position, Position head) {
        FellBehind fellBehind =
                FellBehind.newBuilder().setHeadPosition(head.value()).build();
        return EncodedMessage.of(at(position).setFellBehind(fellBehind).build());
    }

    static EncodedMessage heartbeat(Position position, Position head, long filterErrors, Instant now) {
        Heartbeat heartbeat = Heartbeat.newBuilder()
                .setServerTime(ProtoTimes.timestamp(now))
                .setHeadPosition(head.value())
                .setFilterErrors(filterErrors)
                .build();
        return EncodedMessage.of(at(position).setHeartbeat(heartbeat).build());
    }

    static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    private static SubscribeAllResponse.Builder at(Position position) {
        return SubscribeAllResponse.newBuilder().setPosition(position.value());
    }
}
