package dev.foldlog.server.grpc.validation;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.foldlog.core.expression.ExpressionError;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.ShownText;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one request, collected and thrown as one error. Confined to one thread. Holds a
 * bounded number of violations and counts the rest.
 *
 * <p>The error's reason is the gravest found: malformed fields before expressions, these before limits,
 * and limits before times too far ahead. BadRequest lists all of them whatever the reason.
 */
public final class Violations {
    private static final int LISTED_MAX = 100;
    private static final int PATH_CHARS_MAX = 200;
    private static final int DESCRIPTION_CHARS_MAX = 250;
    private static final int VALUE_CHARS_MAX = 60;

    private final BadRequest.Builder listed = BadRequest.newBuilder();
    private final ExpressionErrors.Builder expressions = ExpressionErrors.newBuilder();
    private int count;
    private @Nullable Gravest gravest;

    /** What may be wrong, from the lightest to the gravest. */
    private enum Kind {
        TIME_AHEAD(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD),
        OVER_LIMIT(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED),
        EXPRESSION(ErrorReason.ERROR_REASON_INVALID_EXPRESSION),
        MALFORMED(ErrorReason.ERROR_REASON_INVALID_FIELD);

        private final ErrorReason reason;

        Kind(ErrorReason reason) {
            this.reason = reason;
        }
    }

    private record Gravest(Kind kind, String message, Map<String, String> metadata) {}

    /** A field is missing or malformed; {@code expected} completes "(expected: …)". */
    public void malformed(FieldPath field, String actual, String expected) {
        String description = ShownText.cut(actual, VALUE_CHARS_MAX) + " (expected: " + expected + ')';
        add(Kind.MALFORMED, field, description, Map.of());
    }

    /** As {@link #malformed}, with a caller's text, which is quoted and cut. */
    public void malformedText(FieldPath field, String actual, String expected) {
        String description = ShownText.quoted(actual, VALUE_CHARS_MAX) + " (expected: " + expected + ')';
        add(Kind.MALFORMED, field, description, Map.of());
    }

    /** A required field is not there. */
    public void missing(FieldPath field, String expected) {
        malformed(field, "missing", expected);
    }

    /** A size or a count is over its limit. */
    public void overLimit(FieldPath field, String limit, long actual, long max) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("limit", limit);
        metadata.put("actual", Long.toString(actual));
        metadata.put("max", Long.toString(max));
        if (!field.toString().isEmpty()) {
            metadata.put("field", ShownText.cut(field.toString(), PATH_CHARS_MAX));
        }
        String unit = limit.endsWith("_bytes") ? " bytes" : "";
        String description = actual + unit + " (expected: at most " + max + ", " + limit + ')';
        add(Kind.OVER_LIMIT, field, description, metadata);
    }

    /** A time is further ahead of the server's clock than allowed. */
    public void timeAhead(FieldPath field, Instant actual, Instant max) {
        Map<String, String> metadata = Map.of(
                "field",
                ShownText.cut(field.toString(), PATH_CHARS_MAX),
                "timestamp",
                actual.toString(),
                "max",
                max.toString());
        String description = actual + " (expected: at most " + max + ')';
        add(Kind.TIME_AHEAD, field, description, metadata);
    }

    /** An error in an expression. */
    public void expression(FieldPath field, ExpressionError error) {
        if (expressions.getErrorsCount() < LISTED_MAX) {
            expressions.addErrors(ExpressionErrors.Error.newBuilder()
                    .setField(ShownText.cut(field.toString(), PATH_CHARS_MAX))
                    .setLine(error.line())
                    .setColumn(error.column())
                    .setMessage(error.message())
                    .setSnippet(error.snippet()));
        }
        add(Kind.EXPRESSION, field, error.line() + ":" + error.column() + ": " + error.message(), Map.of());
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Violations so far, also those that are not listed. */
    public int count() {
        return count;
    }

    /** Throws what was found, if anything was. */
    public void throwIfAny() {
        if (gravest != null) {
            throw toException(gravest);
        }
    }

    private void add(Kind kind, FieldPath field, String description, Map<String, String> metadata) {
        count++;
        String path = ShownText.cut(field.toString(), PATH_CHARS_MAX);
        String shown = ShownText.cut(description, DESCRIPTION_CHARS_MAX);
        if (listed.getFieldViolationsCount() < LISTED_MAX) {
            listed.addFieldViolations(FieldViolation.newBuilder()
                    .setField(path)
                    .setDescription(shown)
                    .setReason(StatusMapper.wireName(kind.reason)));
        }
        if (gravest == null || kind.compareTo(gravest.kind) > 0) {
            gravest = new Gravest(kind, (path.isEmpty() ? "request" : path) + ": " + shown, metadata);
        }
    }

    private ApiException toException(Gravest found) {
        Map<String, String> metadata = new LinkedHashMap<>(found.metadata);
        metadata.put("violation_count", Integer.toString(count));
        List<Message> details = new ArrayList<>();
        if (found.kind == Kind.EXPRESSION) {
            details.add(expressions.build());
        }
        details.add(listed.build());
        String message = count == 1 ? found.message : found.message + " (and " + (count - 1) + " more)";
        return new ApiException(found.kind.reason, message, metadata, details);
    }
}
