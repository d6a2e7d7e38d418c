package dev.foldlog.conformance.shared;

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
import java.util.Optional;

/** Stands between a test and a shared server, and shows it the view. Thread-safe; each call has its own state. */
record ViewInterceptor(StoreView view) implements ClientInterceptor {
    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        CallView seen = new CallView(view);
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<O> listener, Metadata headers) {
                super.start(new ViewListener<>(listener, this, seen), headers);
            }

            @Override
            @SuppressWarnings("unchecked") // a view answers a message of the type that it was given
            public void sendMessage(I message) {
                super.sendMessage((I) seen.request((Message) message));
            }
        };
    }

    private final class ViewListener<O> extends SimpleForwardingClientCallListener<O> {
        private final ClientCall<?, O> call;
        private final CallView seen;
        private boolean isClosed;

        ViewListener(ClientCall.Listener<O> listener, ClientCall<?, O> call, CallView seen) {
            super(listener);
            this.call = call;
            this.seen = seen;
        }

        @Override
        @SuppressWarnings("unchecked") // a view answers a message of the type that it was given
        public void onMessage(O message) {
            if (isClosed) {
                return;
            }
            Optional<Message> shown = seen.answer((Message) message);
            shown.ifPresent(it -> super.onMessage((O) it));
            if (seen.isOver()) {
                isClosed = true;
                call.cancel("the rest is older than the view", null);
                super.onClose(Status.OK, new Metadata());
            } else if (shown.isEmpty()) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!isClosed) {
                super.onClose(status, new ErrorView(view).toSeen(trailers));
            }
        }
    }
}
