package dev.foldlog.core.expression;

import static java.util.Objects.requireNonNull;

/**
 * Why a source does not compile.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param message what is wrong, in one line
 * @param snippet the line of the source, cut around the place where it is long, and under it a caret at the column
 */
public record ExpressionError(int line, int column, String message, String snippet) {
    public ExpressionError {
        requireNonNull(message, "message");
        requireNonNull(snippet, "snippet");
        if (line < 1) {
            throw new IllegalArgumentException("line: " + line + " (expected: >= 1)");
        }
        if (column < 1) {
            throw new IllegalArgumentException("column: " + column + " (expected: >= 1)");
        }
    }
}
