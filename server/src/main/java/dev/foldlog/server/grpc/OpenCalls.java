package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ProjectionEngineGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open calls: a stopping server waits for those of this API that end by themselves, and answers those
 * that do not end in time, of any service. A call is open until its answer is with the transport, or it
 * was cancelled. One whose request has not come is waited for only shortly: nobody knows that it ever
 * will. Thread-safe.
 */
final class OpenCalls implements ServerInterceptor {
    private static final String SUBSCRIBE =
            EventStoreGrpc.getSubscribeAllMethod().getFullMethodName();
    private static final Set<String> WRITING = Set.of(
            EventStoreGrpc.getAppendMethod().getFullMethodName(),
            CheckpointsGrpc.getCommitCheckpointMethod().getFullMethodName(),
            CheckpointsGrpc.getDeleteCheckpointMethod().getFullMethodName(),
            ProjectionEngineGrpc.getCreateProjectionMethod().getFullMethodName(),
            ProjectionEngineGrpc.getUpdateProjectionMethod().getFullMethodName(),
            ProjectionEngineGrpc.getDeleteProjectionMethod().getFullMethodName(),
            ProjectionEngineGrpc.getRebuildProjectionMethod().getFullMethodName(),
            ProjectionEngineGrpc.getSetProjectionPausedMethod().getFullMethodName());

    /** How long a call's request may still be on its way when the server stops. */
    private static final Duration REQUEST_GRACE = Duration.ofSeconds(1);

    private final StatusMapper statuses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<ServerCall<?, ?>> open = new HashSet<>();
    private final Set<ServerCall<?, ?>> asked = new HashSet<>();

    OpenCalls(StatusMapper statuses) {
        this.statuses = requireNonNull(statuses, "statuses");
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        add(call);
        try {
            return new Ending<>(next.startCall(call, headers), call);
        } catch (RuntimeException e) {
            remove(call);
            throw e;
        }
    }

    /** Waits until no call is open that ends by itself; false when the time was too short. */
    boolean awaitNone(Duration timeout) throws InterruptedException {
        Duration forRequests = timeout.compareTo(REQUEST_GRACE) < 0 ? timeout : REQUEST_GRACE;
        return awaitNoneOf(open, forRequests) || awaitNoneOf(asked, timeout.minus(forRequests));
    }

    private boolean awaitNoneOf(Set<ServerCall<?, ?>> calls, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (calls.stream().anyMatch(OpenCalls::endsByItself)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Answers what is still open. A call that writes may have taken effect, and says so. */
    void cutOff() {
        for (ServerCall<?, ?> call : snapshot()) {
            boolean isWriting =
                    isAsked(call) && WRITING.contains(call.getMethodDescriptor().getFullMethodName());
            ErrorReason reason =
                    isWriting ? ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN : ErrorReason.ERROR_REASON_NOT_READY;
            StatusRuntimeException answer =
                    statuses.toStatus(ApiException.of(reason, "the server stopped before the call ended"));
            Metadata trailers = answer.getTrailers();
            call.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
        }
    }

    private static boolean isOfThisApi(MethodDescriptor<?, ?> method) {
        return String.valueOf(method.getServiceName()).startsWith("foldlog.");
    }

    private static boolean endsByItself(ServerCall<?, ?> call) {
        return isOfThisApi(call.getMethodDescriptor())
                && !call.getMethodDescriptor().getFullMethodName().equals(SUBSCRIBE);
    }

    private boolean isAsked(ServerCall<?, ?> call) {
        lock.lock();
        try {
            return asked.contains(call);
        } finally {
            lock.unlock();
        }
    }

    private void ask(ServerCall<?, ?> call) {
        lock.lock();
        try {
            if (open.contains(call)) {
                asked.add(call);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<ServerCall<?, ?>> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    private void add(ServerCall<?, ?> call) {
        lock.lock();
        try {
            open.add(call);
        } finally {
            lock.unlock();
        }
    }

    private void remove(ServerCall<?, ?> call) {
        lock.lock();
        try {
            open.remove(call);
            asked.remove(call);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sees the end of its call. */
    private final class Ending<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<?, ?> call;

        Ending(ServerCall.Listener<Q> listener, ServerCall<?, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            ask(call);
            super.onMessage(message);
        }

        @Override
        public void onCancel() {
            remove(call);
            super.onCancel();
        }

        @Override
        public void onComplete() {
            remove(call);
            super.onComplete();
        }
    }
}
