package dev.foldlog.client.error;

/** An expression ran out of steps or made too large a value. */
public final class ExpressionBudgetExceededException extends FoldlogException {
    ExpressionBudgetExceededException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
