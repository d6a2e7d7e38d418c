package dev.foldlog.client.error;

/** A size or a count is over a limit of the server; {@link dev.foldlog.client.Foldlog#storeInfo} states them all. */
public final class LimitExceededException extends FoldlogException {
    LimitExceededException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The name of the limit. */
    public String limit() {
        return details().text("limit");
    }

    /** What was sent. */
    public long actual() {
        return details().number("actual");
    }

    /** What is allowed. */
    public long max() {
        return details().number("max");
    }

    /** The path of the field; empty when it is not one field's limit. */
    public String field() {
        return details().text("field");
    }
}
