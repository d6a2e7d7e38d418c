package dev.foldlog.bench.load;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** gRPC methods whose messages are bytes, so that the generator neither builds nor parses messages. */
public final class RawCalls {
    private RawCalls() {}

    public static MethodDescriptor<byte[], byte[]> unary(String fullName) {
        return method(fullName, MethodType.UNARY);
    }

    public static MethodDescriptor<byte[], byte[]> serverStream(String fullName) {
        return method(fullName, MethodType.SERVER_STREAMING);
    }

    private static MethodDescriptor<byte[], byte[]> method(String fullName, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setFullMethodName(fullName)
                .setType(type)
                .setRequestMarshaller(Bytes.INSTANCE)
                .setResponseMarshaller(Bytes.INSTANCE)
                .build();
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        INSTANCE;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
