package dev.foldlog.bench.load;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.function.IntFunction;

/** Unary calls over a few connections. */
public final class UnaryOperation implements Operation {
    private final Channels channels;
    private final MethodDescriptor<byte[], byte[]> method;
    private final IntFunction<byte[]> requests;
    private final int events;

    /**
     * Calls of a method.
     *
     * @param requests makes the next request of a caller
     * @param events how many events each call stores
     */
    public UnaryOperation(
            Channels channels, MethodDescriptor<byte[], byte[]> method, IntFunction<byte[]> requests, int events) {
        this.channels = channels;
        this.method = method;
        this.requests = requests;
        this.events = events;
    }

    @Override
    public void begin(int caller, Answer answer) {
        ClientCalls.asyncUnaryCall(
                channels.of(caller).newCall(method, CallOptions.DEFAULT),
                requests.apply(caller),
                new StreamObserver<>() {
                    @Override
                    public void onNext(byte[] response) {}

                    @Override
                    public void onError(Throwable cause) {
                        answer.failed(cause);
                    }

                    @Override
                    public void onCompleted() {
                        answer.done(events);
                    }
                });
    }
}
