package dev.foldlog.server.grpc.service;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.server.grpc.validation.AppendValidator;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/**
 * The Append call. A small request is checked on the transport's thread and waits in the store's queue; a
 * large one is checked elsewhere first, so that it does not hold other calls up. Thread-safe.
 */
final class AppendCalls {
    /** Requests up to this size are checked at once. */
    static final int SMALL_BYTES_MAX = 32 << 10;

    private final CallEnvironment environment;
    private final AppendValidator validator;

    AppendCalls(CallEnvironment environment) {
        this.environment = environment;
        this.validator = new AppendValidator(environment.limits(), environment.ids(), environment.clock());
    }

    void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
        UnaryAnswer<AppendResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        CompletableFuture<AppendOutcome> gone = new CompletableFuture<>();
        answer.onGone(() -> gone.cancel(false));
        if (request.getSerializedSize() <= SMALL_BYTES_MAX) {
            answer.orFail(() -> submit(request, answer, gone));
        } else {
            answer.on(environment.checks(), () -> submit(request, answer, gone));
        }
    }

    private void submit(
            AppendRequest request, UnaryAnswer<AppendResponse> answer, CompletableFuture<AppendOutcome> gone) {
        Append append = validator.validate(request);
        CompletableFuture<AppendOutcome> outcome = environment.store().append(append);
        var _ = gone.whenComplete((nothing, cancelled) -> outcome.cancel(false));
        answer.whenDone(outcome, it -> AppendAnswers.of(it, append));
    }
}
