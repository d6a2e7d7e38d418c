package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is proposed: validated, and encoded as far as it can be before its place is known. The
 * arrays are handed over, not copied: nobody may change them.
 *
 * @param facts what is indexed and filtered by; ids and partition keys that the client left out are
 *     filled in
 * @param idOrigin who chose the id
 * @param timestamp the producer's time, or null: the time of append
 * @param envelope what the client sent but for the payload, deterministically encoded by the
 *     {@link EventCodec}; two tries with the same content have equal bytes
 * @param payload JSON text, or an encoded opaque payload, by {@code payloadForm}
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the arrays is never compared; copying would cost
public record NewEvent(
        EventFacts facts,
        IdOrigin idOrigin,
        @Nullable Instant timestamp,
        byte[] envelope,
        byte[] payload,
        PayloadForm payloadForm) {
    public NewEvent {
        requireNonNull(facts, "facts");
        requireNonNull(idOrigin, "idOrigin");
        requireNonNull(envelope, "envelope");
        requireNonNull(payload, "payload");
        requireNonNull(payloadForm, "payloadForm");
    }

    /** Bytes that this event will take in the store, but for what the store adds. */
    public long sizeBytes() {
        return (long) envelope.length + payload.length;
    }
}
