package dev.foldlog.server.grpc.stream;

import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.validation.FilterValidator;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The streaming calls of the EventStore service. Requests are judged on the caller's thread, without
 * blocking, but for those with an expression; all reading happens on the read lane. Thread-safe.
 */
final class StreamCalls {
    /** Finite reads open at the same time, each of which may hold one page and one message. */
    static final int OPEN_READS_MAX = 1_000;

    private final StreamEnvironment environment;
    private final Subscriptions subscriptions;
    private final ReadRequests reads;
    private final SubscribeRequests subscribes;
    private final DeliveryBudget budget;
    private final AtomicInteger openReads = new AtomicInteger();

    StreamCalls(StreamEnvironment environment, Subscriptions subscriptions) {
        this.environment = environment;
        this.subscriptions = subscriptions;
        this.budget = DeliveryBudget.of(environment.limits(), environment.timers());
        this.reads = new ReadRequests(environment.store(), environment.limits(), environment.expressions());
        this.subscribes = new SubscribeRequests(environment.store(), environment.limits(), environment.expressions());
    }

    void readStream(ReadStreamRequest request, StreamObserver<EncodedMessage> observer) {
        read(request.getFilter(), () -> reads.plan(request), observer);
    }

    void readStreamSince(ReadStreamSinceRequest request, StreamObserver<EncodedMessage> observer) {
        read(request.getFilter(), () -> reads.plan(request), observer);
    }

    void readAll(ReadAllRequest request, StreamObserver<EncodedMessage> observer) {
        read(request.getFilter(), () -> reads.plan(request), observer);
    }

    void subscribeAll(SubscribeAllRequest request, StreamObserver<EncodedMessage> observer) {
        try {
            requireRoom();
            Supplier<SubscriptionPlan> planned = inTime(request.getFilter(), () -> subscribes.plan(request));
            Subscription subscription = new Subscription(planned, outletOf(observer), environment, subscriptions);
            subscriptions.add(subscription);
            subscription.start();
        } catch (RuntimeException e) {
            observer.onError(failure(e));
        }
    }

    private void read(EventFilter filter, Supplier<ReadPlan> planning, StreamObserver<EncodedMessage> observer) {
        try {
            requireRoom();
            Supplier<ReadPlan> planned = inTime(filter, planning);
            enter();
            new PageStream(planned, outletOf(observer), environment, openReads::decrementAndGet).start();
        } catch (RuntimeException e) {
            observer.onError(failure(e));
        }
    }

    /** Plans here and now, but for a filter with an expression: that is compiled on the read lane, by the first step. */
    private static <T> Supplier<T> inTime(EventFilter filter, Supplier<T> planning) {
        if (FilterValidator.hasExpression(filter)) {
            return planning;
        }
        T plan = planning.get();
        return () -> plan;
    }

    private void requireRoom() {
        if (environment.lane().isFull()) {
            throw ApiException.of(ErrorReason.ERROR_REASON_OVERLOADED, "too many reads are waiting; try again later");
        }
    }

    private void enter() {
        if (openReads.incrementAndGet() > OPEN_READS_MAX) {
            openReads.decrementAndGet();
            throw ApiException.of(
                    ErrorReason.ERROR_REASON_OVERLOADED,
                    "reads: " + OPEN_READS_MAX + " are open, as many as this server takes",
                    "max",
                    OPEN_READS_MAX);
        }
    }

    private StatusRuntimeException failure(RuntimeException failure) {
        return environment.statuses().toStatus(failure);
    }

    private Outlet outletOf(StreamObserver<EncodedMessage> observer) {
        return new Outlet((ServerCallStreamObserver<EncodedMessage>) observer, budget);
    }
}
