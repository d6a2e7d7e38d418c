package dev.foldlog.server.grpc.service;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.projections.grpc.Wire;
import dev.foldlog.server.grpc.codec.PayloadBytes;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.validation.AppendValidator;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.FilterValidator;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.server.grpc.validation.PageTokens;
import dev.foldlog.server.grpc.validation.TextRule;
import dev.foldlog.server.grpc.validation.Violations;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.PayloadForm;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** This server's threads, checks and errors, for the service of projections. Thread-safe. */
public final class ServerWire implements Wire {
    private final CallEnvironment environment;
    private final EventCodec codec;

    public ServerWire(CallEnvironment environment, EventCodec codec) {
        this.environment = environment;
        this.codec = codec;
    }

    @Override
    public <A> void answer(StreamObserver<A> observer, Supplier<CompletableFuture<A>> work) {
        UnaryAnswer<A> answer = new UnaryAnswer<>(observer, environment.statuses());
        Pending pending = new Pending();
        answer.onGone(pending::leave);
        answer.on(environment.reads(), () -> {
            CompletableFuture<A> future = work.get();
            pending.enter(future);
            answer.whenDone(future, Function.identity());
        });
    }

    @Override
    public RuntimeException error(ErrorReason reason, String message, Object... metadata) {
        return ApiException.of(reason, message, metadata);
    }

    @Override
    public RuntimeException malformed(String field, String actual, String expected) {
        Violations violations = new Violations();
        violations.malformedText(path(field), actual, expected);
        return thrown(violations);
    }

    @Override
    public RuntimeException invalidExpressions(List<ExpressionErrors.Error> errors) {
        ExpressionErrors.Error first = errors.getFirst();
        return new ApiException(
                ErrorReason.ERROR_REASON_INVALID_EXPRESSION,
                first.getField() + ": line " + first.getLine() + ", column " + first.getColumn() + ": "
                        + first.getMessage(),
                Map.of(),
                List.of(ExpressionErrors.newBuilder().addAllErrors(errors).build()));
    }

    @Override
    public EventFilter filter(dev.foldlog.v1.EventFilter filter, String field) {
        Violations violations = new Violations();
        EventFilter valid = new FilterValidator(environment.expressions()).validate(filter, path(field), violations);
        violations.throwIfAny();
        return valid;
    }

    @Override
    public void requireText(String text, int bytesMax, String field) {
        Violations violations = new Violations();
        TextRule.checkText(text, bytesMax, path(field), violations);
        violations.throwIfAny();
    }

    @Override
    public int pageSize(int asked) {
        Violations violations = new Violations();
        int size = NumberChecks.pageSize(asked, path("page_size"), violations);
        violations.throwIfAny();
        return size;
    }

    @Override
    public String lastKey(String token, Listing listing) {
        Violations violations = new Violations();
        String key = tokens(listing).lastKey(token, path("page_token"), violations);
        violations.throwIfAny();
        return key;
    }

    @Override
    public String token(String lastKey, Listing listing) {
        return tokens(listing).after(lastKey);
    }

    @Override
    public Payload payload(String json, PayloadForm form) {
        return PayloadBytes.ofJson(json, form);
    }

    @Override
    public List<RecordedEvent> recorded(List<dev.foldlog.v1.NewEvent> events) {
        AppendValidator validator = new AppendValidator(
                environment.limits(), environment.ids(), environment.clock(), environment.expressions());
        List<NewEvent> proposed = validator
                .validate(AppendRequest.newBuilder().addAllEvents(events).build())
                .events();
        Instant now = environment.clock().instant();
        Map<String, Sequence> sequences = new HashMap<>();
        List<RecordedEvent> recorded = new ArrayList<>();
        for (NewEvent event : proposed) {
            Sequence sequence =
                    sequences.merge(event.facts().partitionKey(), new Sequence(1), (last, _) -> last.next());
            Position position = new Position(recorded.size() + 1L);
            Stamp stamp = new Stamp(position, sequence, now, new Position(1));
            recorded.add(new RecordedEvent(position, codec.seal(event, stamp), event.payload()));
        }
        return recorded;
    }

    private static PageTokens tokens(Listing listing) {
        return new PageTokens(listing.name(), listing.parameters());
    }

    private static FieldPath path(String field) {
        FieldPath path = FieldPath.ROOT;
        for (String part : field.split("\\.", -1)) {
            path = path.field(part);
        }
        return path;
    }

    private static RuntimeException thrown(Violations violations) {
        try {
            violations.throwIfAny();
        } catch (ApiException e) {
            return e;
        }
        throw new IllegalStateException("no violation was found");
    }

    /** What a call waits for, given up when its caller goes, whichever comes first. */
    private static final class Pending {
        private final AtomicReference<@Nullable CompletableFuture<?>> future = new AtomicReference<>();

        void enter(CompletableFuture<?> waited) {
            if (!future.compareAndSet(null, waited)) {
                waited.cancel(false);
            }
        }

        void leave() {
            CompletableFuture<?> waited = future.getAndSet(CompletableFuture.completedFuture(null));
            if (waited != null) {
                waited.cancel(false);
            }
        }
    }
}
