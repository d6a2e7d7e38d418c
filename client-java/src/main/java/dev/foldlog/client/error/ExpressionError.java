package dev.foldlog.client.error;

import static java.util.Objects.requireNonNull;

/**
 * What a compiler says of an expression.
 *
 * @param field path of the request's field
 * @param line from 1
 * @param column from 1, in code points
 * @param message what is wrong
 * @param snippet the line around the column with a caret under it; may be empty
 */
public record ExpressionError(String field, int line, int column, String message, String snippet) {
    public ExpressionError {
        requireNonNull(field, "field");
        requireNonNull(message, "message");
        requireNonNull(snippet, "snippet");
    }
}
