package dev.foldlog.scenarios;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every method of any service, handed on to the real server but for what {@link Faults} says. Thread-safe. */
final class FaultyCalls extends HandlerRegistry {
    private final Supplier<Channel> real;
    private final Faults faults;
    private final Runnable breakAll;

    /**
     * Calls to the real server.
     *
     * @param breakAll breaks all connections
     */
    FaultyCalls(Supplier<Channel> real, Faults faults, Runnable breakAll) {
        this.real = real;
        this.faults = faults;
        this.breakAll = breakAll;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String fullName, @Nullable String authority) {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder(
                        BytesMarshaller.BYTES, BytesMarshaller.BYTES)
                .setFullMethodName(fullName)
                .setType(MethodType.UNKNOWN)
                .build();
        return ServerMethodDefinition.create(method, (call, headers) -> started(method, call, headers));
    }

    private ServerCall.Listener<byte[]> started(
            MethodDescriptor<byte[], byte[]> method, ServerCall<byte[], byte[]> call, Metadata headers) {
        Fault fault = faults.met(String.valueOf(method.getBareMethodName()));
        call.request(2);
        return switch (fault) {
            case null -> forwarded(method, call, headers, Integer.MAX_VALUE);
            case Fault.Cut cut -> forwarded(method, call, headers, cut.messages());
            case Fault.Failed failed -> ended(call, failed);
            case Fault.Answered answered -> answered(call, answered);
            case Fault.Held held -> new HeldCall();
        };
    }

    private ServerCall.Listener<byte[]> forwarded(
            MethodDescriptor<byte[], byte[]> method, ServerCall<byte[], byte[]> call, Metadata headers, int messages) {
        ClientCall<byte[], byte[]> onward = real.get().newCall(method, CallOptions.DEFAULT);
        ForwardedCall forwarded = new ForwardedCall(call, onward, messages, breakAll);
        forwarded.start(headers);
        return forwarded;
    }

    private static ServerCall.Listener<byte[]> ended(ServerCall<byte[], byte[]> call, Fault.Failed failed) {
        Metadata trailers = failed.failure().getTrailers();
        call.close(failed.failure().getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    private static ServerCall.Listener<byte[]> answered(ServerCall<byte[], byte[]> call, Fault.Answered answered) {
        call.sendHeaders(new Metadata());
        answered.messages().forEach(call::sendMessage);
        if (!answered.isLeftOpen()) {
            call.close(Status.OK, new Metadata());
        }
        return new ServerCall.Listener<>() {};
    }

    /** A call that gets no answer. */
    private final class HeldCall extends ServerCall.Listener<byte[]> {
        @Override
        public void onCancel() {
            faults.cancelled();
        }
    }
}
