package dev.foldlog.server.grpc.stream;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.InputStream;

/** Hands encoded messages to the transport as they are. The server's side only: it parses nothing. */
final class EncodedMessageMarshaller implements Marshaller<EncodedMessage> {
    @Override
    public InputStream stream(EncodedMessage value) {
        if (value == EncodedMessage.RESET) {
            // gRPC resets a stream whose message cannot be made.
            throw Status.CANCELLED.withDescription("the client took no message").asRuntimeException();
        }
        return value.stream();
    }

    @Override
    public EncodedMessage parse(InputStream stream) {
        throw new UnsupportedOperationException("responses are not parsed here");
    }
}
