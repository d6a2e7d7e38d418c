package dev.foldlog.client.error;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path, for example {@code events[0].action}; empty: the request as a whole
 * @param description the value and what was expected
 * @param reason the reason's name as in {@code errors.proto}; empty when the server did not say
 */
public record FieldViolation(String field, String description, String reason) {
    public FieldViolation {
        requireNonNull(field, "field");
        requireNonNull(description, "description");
        requireNonNull(reason, "reason");
    }
}
