package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/** A request message as it came in: read, or broken. */
sealed interface ReceivedRequest<T> {
    /** The message. */
    record Read<T>(T message) implements ReceivedRequest<T> {
        public Read {
            requireNonNull(message, "message");
        }
    }

    /** Bytes that are no such message, or too many of them. */
    record Broken<T>(StatusRuntimeException failure) implements ReceivedRequest<T> {
        public Broken {
            requireNonNull(failure, "failure");
        }
    }

    /** Reads requests with another marshaller, and makes a value of its failure. */
    record Reading<T>(Marshaller<T> marshaller) implements Marshaller<ReceivedRequest<T>> {
        @Override
        public ReceivedRequest<T> parse(InputStream stream) {
            try {
                return new Read<>(marshaller.parse(stream));
            } catch (StatusRuntimeException e) {
                return new Broken<>(e);
            }
        }

        @Override
        public InputStream stream(ReceivedRequest<T> value) {
            throw new UnsupportedOperationException("requests are not sent here");
        }
    }
}
