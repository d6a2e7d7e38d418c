package dev.foldlog.bench.load;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.function.IntFunction;

/** Reads of a finite stream of batches, from the call to the end of the stream; it counts their events. */
public final class StreamOperation implements Operation {
    private final Channels channels;
    private final MethodDescriptor<byte[], byte[]> method;
    private final IntFunction<byte[]> requests;

    public StreamOperation(Channels channels, MethodDescriptor<byte[], byte[]> method, IntFunction<byte[]> requests) {
        this.channels = channels;
        this.method = method;
        this.requests = requests;
    }

    @Override
    public void begin(int caller, Answer answer) {
        ClientCalls.asyncServerStreamingCall(
                channels.of(caller).newCall(method, CallOptions.DEFAULT),
                requests.apply(caller),
                new StreamObserver<>() {
                    private long events;

                    @Override
                    public void onNext(byte[] batch) {
                        events += MessageFields.count(batch, 1);
                    }

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
