package dev.foldlog.client.error;

import java.util.List;

/** An expression does not compile; {@link #errors} has line and column. */
public final class InvalidExpressionException extends FoldlogException {
    InvalidExpressionException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** What the compiler says, as much as fits into 4 KiB. */
    public List<ExpressionError> errors() {
        return details().expressionErrors();
    }
}
