package dev.foldlog.server.grpc.codec;

import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadOptions;

/** Makes the wire bytes of stored events. Immutable, thread-safe. */
@FunctionalInterface
public interface EventEncoder {
    /**
     * The bytes of one message RecordedEvent.
     *
     * @throws IllegalArgumentException when the event was read without its payload and needs it
     */
    byte[] encode(RecordedEvent event);

    /** The encoder for a read whose options were found valid. */
    static EventEncoder forOptions(ReadOptions options) {
        if (options.getHeadersOnly()) {
            return RecordedEventEncoding::headers;
        }
        return options.getPayloadForm() == PayloadForm.PAYLOAD_FORM_STRUCT
                ? RecordedEventEncoding::withStruct
                : RecordedEventEncoding::whole;
    }
}
