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
 * large one, and one with an expression, is checked elsewhere first, so that it does not hold other calls up; those that wait for that
 * are bounded by their bytes too, since each is in memory whole. Thread-safe.
 */
final class AppendCalls {
    /** Requests up to this size are checked at once. */
    static final int SMALL_BYTES_MAX = 32 << 10;

    /** Bytes of the larger requests that are being checked or wait for it. */
    static final long LARGE_BYTES_MAX = 64 << 20;

    private final CallEnvironment environment;
    private final ByteGate gate = new ByteGate(LARGE_BYTES_MAX);
    private final AppendValidator validator;

    AppendCalls(CallEnvironment environment) {
        this.environment = environment;
        this.validator = new AppendValidator(
                environment.limits(), environment.ids(), environment.clock(), environment.expressions());
    }

    void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
        UnaryAnswer<AppendResponse> answer = new UnaryAnswer<>(observer, environment.statuses());
        CompletableFuture<AppendOutcome> gone = new CompletableFuture<>();
        answer.onGone(() -> gone.cancel(false));
        int bytes = request.getSerializedSize();
        if (bytes <= SMALL_BYTES_MAX && !AppendValidator.hasExpression(request)) {
            answer.orFail(() -> submit(request, answer, gone));
        } else {
            answer.orFail(() -> {
                gate.enter(bytes);
                answer.on(environment.checks(), () -> submit(request, answer, gone), () -> gate.leave(bytes));
            });
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
