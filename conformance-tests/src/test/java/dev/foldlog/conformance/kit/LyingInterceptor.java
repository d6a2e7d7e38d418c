package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.function.Supplier;

/** Stands between a client and an honest server, and tells each call its own lie. */
record LyingInterceptor(Supplier<Lie> lies) implements ClientInterceptor {
    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        Lie lie = lies.get();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<O> listener, Metadata headers) {
                super.start(new LyingListener<>(listener, lie, this), headers);
            }

            @Override
            @SuppressWarnings("unchecked") // a lie answers a message of the type that it was given
            public void sendMessage(I message) {
                super.sendMessage((I) lie.request((Message) message));
            }
        };
    }

    private static final class LyingListener<O> extends SimpleForwardingClientCallListener<O> {
        private final Lie lie;
        private final ClientCall<?, O> call;

        LyingListener(ClientCall.Listener<O> listener, Lie lie, ClientCall<?, O> call) {
            super(listener);
            this.lie = lie;
            this.call = call;
        }

        @Override
        @SuppressWarnings("unchecked") // a lie answers messages of the type that it was given
        public void onMessage(O message) {
            List<Message> told = lie.answer((Message) message);
            told.forEach(it -> super.onMessage((O) it));
            if (told.isEmpty()) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            super.onClose(lie.end(status), trailers);
        }
    }
}
