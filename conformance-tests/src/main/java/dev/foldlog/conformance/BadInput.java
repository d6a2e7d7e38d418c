package dev.foldlog.conformance;

import static dev.foldlog.v1.ErrorReason.ERROR_REASON_INVALID_FIELD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_LIMIT_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.SubscribeAllRequest;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request that must be refused for one field, and why.
 *
 * @param name what is wrong with it
 * @param reasons for which of these reasons
 * @param field path of the field, or of what contains it
 * @param call sends it
 */
record BadInput(String name, Set<ErrorReason> reasons, String field, Consumer<StoreClient> call) {
    /** What is missing or malformed. */
    private static final Set<ErrorReason> MALFORMED = Set.of(ERROR_REASON_INVALID_FIELD);
    /** What is longer, or deeper, than its field may be: malformed, or over a limit. */
    private static final Set<ErrorReason> TOO_LONG = Set.of(ERROR_REASON_INVALID_FIELD, ERROR_REASON_LIMIT_EXCEEDED);

    static BadInput malformed(String name, String field, AppendRequest.Builder request) {
        return new BadInput(name, MALFORMED, field, client -> client.append(request));
    }

    static BadInput malformed(String name, String field, ReadStreamRequest.Builder request) {
        return new BadInput(name, MALFORMED, field, client -> client.answers(request));
    }

    static BadInput malformed(String name, String field, ReadStreamSinceRequest.Builder request) {
        return new BadInput(name, MALFORMED, field, client -> client.answers(request));
    }

    static BadInput malformed(String name, String field, ReadAllRequest.Builder request) {
        return new BadInput(name, MALFORMED, field, client -> client.answers(request));
    }

    static BadInput malformed(String name, String field, SubscribeAllRequest.Builder request) {
        return new BadInput(name, MALFORMED, field, client -> {
            try (Subscription subscription = client.subscribe(request)) {
                subscription.next();
            }
        });
    }

    static BadInput malformed(String name, String field, Consumer<StoreClient> call) {
        return new BadInput(name, MALFORMED, field, call);
    }

    /** The same, where the violation is one of length. */
    BadInput orTooLong() {
        return new BadInput(name, TOO_LONG, field, call);
    }

    /** Asserts that it is refused, by a BadRequest that names the field. */
    void assertRefused(StoreClient client) {
        Refusal refusal = Refusal.of(reasons, () -> call.accept(client));
        BadRequest listed = refusal.detail(BadRequest.class);
        assertThat(refusal.fields()).anyMatch(this::isIn);
        assertThat(listed.getFieldViolationsList())
                .extracting(FieldViolation::getDescription)
                .allMatch(it -> !it.isBlank());
        assertThat(refusal.metadata()).containsKey("violation_count");
    }

    private boolean isIn(String path) {
        return path.equals(field) || path.startsWith(field + '.') || path.startsWith(field + '[');
    }
}
