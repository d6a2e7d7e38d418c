package dev.foldlog.core.event;

/**
 * The one encoding of events, which a store keeps and hands back without understanding it. Thread-safe.
 * The encoding is part of the format on disk: what was once sealed must open for ever.
 */
public interface EventCodec {
    /**
     * The bytes to store: the proposed envelope, followed by the stamp and by what the client left to the
     * server (partition key, timestamp).
     */
    byte[] seal(NewEvent event, Stamp stamp);

    /**
     * Decodes a sealed envelope.
     *
     * @throws IllegalArgumentException when the bytes are no sealed envelope
     */
    Envelope open(byte[] envelope);

    /**
     * Whether a repeat proposes what is stored. Only what the client sent is compared: a partition key or
     * a time that it left to the server is not.
     */
    boolean isRepeat(NewEvent event, RecordedEvent stored);

    /** The form of a stored payload, which its first byte tells. */
    PayloadForm payloadForm(byte[] payload);
}
