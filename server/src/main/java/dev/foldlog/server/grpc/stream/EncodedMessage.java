package dev.foldlog.server.grpc.stream;

import com.google.protobuf.MessageLite;
import java.io.InputStream;
import java.util.List;

/**
 * A response message that is encoded already: byte arrays which, one after the other, are the message.
 * Immutable; the arrays are shared, not copied: nobody may change them.
 */
final class EncodedMessage {
    /**
     * No message: the call that is handed it is reset by the transport, which throws away what waits there
     * for the client. An answer cannot do that: it would queue behind what the client does not read.
     */
    static final EncodedMessage RESET = new EncodedMessage(List.of());

    private final List<byte[]> parts;
    private final int sizeBytes;

    EncodedMessage(List<byte[]> parts) {
        this.parts = List.copyOf(parts);
        int size = 0;
        for (byte[] part : this.parts) {
            size = Math.addExact(size, part.length);
        }
        this.sizeBytes = size;
    }

    static EncodedMessage of(MessageLite message) {
        return new EncodedMessage(List.of(message.toByteArray()));
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /** The bytes, for one reader. */
    InputStream stream() {
        return new PartsInputStream(parts, sizeBytes);
    }
}
