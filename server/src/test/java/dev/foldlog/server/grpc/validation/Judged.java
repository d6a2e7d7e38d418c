package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.v1.ErrorReason;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** What a validator says of a request, as a test looks at it. */
final class Judged {
    private final Violations violations = new Violations();

    private Judged() {}

    static Judged by(Consumer<Violations> validator) {
        Judged judged = new Judged();
        validator.accept(judged.violations);
        return judged;
    }

    void isAccepted() {
        assertThat(violations.isEmpty()).as(() -> String.valueOf(thrown())).isTrue();
    }

    /** Refused with one violation, at this path. */
    ApiException isRefused(ErrorReason reason, String path) {
        assertThat(violations.count()).as("violations").isEqualTo(1);
        ApiException thrown = thrown();
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(paths(thrown)).containsExactly(path);
        return thrown;
    }

    ApiException isMalformed(String path) {
        return isRefused(ErrorReason.ERROR_REASON_INVALID_FIELD, path);
    }

    ApiException isOverLimit(String path, String limit, long actual, long max) {
        ApiException thrown = isRefused(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED, path);
        assertThat(thrown.metadata())
                .containsEntry("limit", limit)
                .containsEntry("actual", Long.toString(actual))
                .containsEntry("max", Long.toString(max));
        return thrown;
    }

    private ApiException thrown() {
        return Assertions.catchThrowableOfType(ApiException.class, violations::throwIfAny);
    }

    static List<String> paths(ApiException thrown) {
        return thrown.details().stream()
                .filter(BadRequest.class::isInstance)
                .map(BadRequest.class::cast)
                .flatMap(it -> it.getFieldViolationsList().stream())
                .map(BadRequest.FieldViolation::getField)
                .toList();
    }
}
