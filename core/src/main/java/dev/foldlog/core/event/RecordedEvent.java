package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event as the store keeps it, encoded. The arrays are shared, not copied: nobody may change them.
 *
 * @param envelope everything but the payload, as {@link EventCodec#seal} made it
 * @param payload JSON text or an encoded opaque payload ({@link EventCodec#payloadForm} tells which);
 *     null when the read left payloads out
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the arrays is never compared; copying would cost
public record RecordedEvent(Position position, byte[] envelope, byte @Nullable [] payload) {
    public RecordedEvent {
        requireNonNull(position, "position");
        requireNonNull(envelope, "envelope");
    }

    /** An event whose payload was left out. */
    public static RecordedEvent withoutPayload(Position position, byte[] envelope) {
        return new RecordedEvent(position, envelope, null);
    }

    public long sizeBytes() {
        return (long) envelope.length + (payload == null ? 0 : payload.length);
    }
}
