package dev.foldlog.server.grpc.service;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.grpc.error.StatusMapper;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The one answer of a unary call: a message, or an error by the mapper; none to a caller that has gone. */
final class UnaryAnswer<A> {
    private final ServerCallStreamObserver<A> observer;
    private final StatusMapper statuses;

    UnaryAnswer(StreamObserver<A> observer, StatusMapper statuses) {
        this.observer = (ServerCallStreamObserver<A>) observer;
        this.statuses = statuses;
    }

    /** Answers with what the work gives, done on the executor; a full executor is OVERLOADED. */
    void from(Executor executor, Supplier<A> work) {
        on(executor, () -> send(work.get()));
    }

    /** Starts work on the executor that will answer by itself. */
    void on(Executor executor, Runnable work) {
        on(executor, work, () -> {});
    }

    /** As {@link #on(Executor, Runnable)}; {@code after} runs once, when the work was done or will not be. */
    void on(Executor executor, Runnable work, Runnable after) {
        try {
            executor.execute(() -> {
                try {
                    orFail(work);
                } finally {
                    after.run();
                }
            });
        } catch (RejectedExecutionException e) {
            after.run();
            fail(new StoreException(ErrorCode.OVERLOADED, "too many calls are waiting", e));
        }
    }

    /** Runs work that will answer by itself, here and now. */
    void orFail(Runnable work) {
        try {
            if (!observer.isCancelled()) {
                work.run();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Answers when the future completes; a caller that goes before cancels it. */
    <T> void whenDone(CompletableFuture<T> future, Function<T, A> answer) {
        var _ = future.whenComplete((outcome, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                orFail(() -> send(answer.apply(outcome)));
            }
        });
    }

    /** Must be called while the call's handler runs, for handlers can be set only then. */
    void onGone(Runnable gone) {
        observer.setOnCancelHandler(gone);
    }

    private void send(A message) {
        observer.onNext(message);
        observer.onCompleted();
    }

    private void fail(Throwable failure) {
        if (!observer.isCancelled()) {
            observer.onError(statuses.toStatus(failure));
        }
    }
}
