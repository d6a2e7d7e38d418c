package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import dev.foldlog.server.grpc.error.StatusMapper;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last line of defence: whatever escapes a service, or is about to go out as UNKNOWN, becomes an
 * answer with an ErrorInfo, and a defect gets an incident id that the log knows. Thread-safe.
 */
final class FailureInterceptor implements ServerInterceptor {
    private final StatusMapper statuses;

    FailureInterceptor(StatusMapper statuses) {
        this.statuses = requireNonNull(statuses, "statuses");
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        GuardedCall<Q, R> guarded = new GuardedCall<>(call, statuses);
        try {
            return new GuardedListener<>(next.startCall(guarded, headers), guarded);
        } catch (RuntimeException e) {
            guarded.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Closes once, never as UNKNOWN. What a service says after the call was closed for it is dropped. */
    private static final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final StatusMapper statuses;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        GuardedCall(ServerCall<Q, R> call, StatusMapper statuses) {
            super(call);
            this.statuses = statuses;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Throwable cause = status.getCause();
            if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
                fail(cause);
            } else if (isClosed.compareAndSet(false, true)) {
                super.close(status, trailers);
            }
        }

        @Override
        public void sendHeaders(Metadata headers) {
            if (!isClosed.get()) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public void sendMessage(R message) {
            if (!isClosed.get()) {
                super.sendMessage(message);
            }
        }

        void fail(Throwable failure) {
            StatusRuntimeException answer = statuses.toStatus(failure);
            if (isClosed.compareAndSet(false, true)) {
                Metadata trailers = answer.getTrailers();
                super.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        }
    }

    /** Makes an answer of what its service throws. */
    private static final class GuardedListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final GuardedCall<Q, R> call;

        GuardedListener(ServerCall.Listener<Q> listener, GuardedCall<Q, R> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        @Override
        public void onCancel() {
            guard(super::onCancel);
        }

        @Override
        public void onComplete() {
            guard(super::onComplete);
        }

        private void guard(Runnable callback) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                call.fail(e);
            }
        }
    }
}
