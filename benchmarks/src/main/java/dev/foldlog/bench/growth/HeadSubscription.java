package dev.foldlog.bench.growth;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/** Subscribing from the head until the server's first word, then going away. */
final class HeadSubscription implements Operation {
    private static final byte[] REQUEST =
            SubscribeAllRequest.newBuilder().setLiveOnly(true).build().toByteArray();

    private final Channels channels;

    HeadSubscription(Channels channels) {
        this.channels = channels;
    }

    @Override
    public void begin(int caller, Answer answer) {
        ClientCall<byte[], byte[]> call = channels.of(caller)
                .newCall(RawCalls.serverStream("foldlog.v1.EventStore/SubscribeAll"), CallOptions.DEFAULT);
        call.start(new FirstWord(call, answer), new Metadata());
        call.sendMessage(REQUEST);
        call.halfClose();
        call.request(1);
    }

    private static final class FirstWord extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private final Answer answer;
        private boolean isConfirmed;

        FirstWord(ClientCall<byte[], byte[]> call, Answer answer) {
            this.call = call;
            this.answer = answer;
        }

        @Override
        public void onMessage(byte[] message) {
            isConfirmed = true;
            call.cancel("it has begun", null);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (isConfirmed) {
                answer.done(1);
            } else {
                answer.failed(status.asRuntimeException());
            }
        }
    }
}
