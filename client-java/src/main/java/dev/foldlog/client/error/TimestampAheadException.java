package dev.foldlog.client.error;

/** An event's timestamp is further ahead of the server's clock than allowed. Nothing was stored. */
public final class TimestampAheadException extends FoldlogException {
    TimestampAheadException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The path of the field. */
    public String field() {
        return details().text("field");
    }

    /** The timestamp, in ISO-8601. */
    public String timestamp() {
        return details().text("timestamp");
    }

    /** The latest that is allowed, in ISO-8601. */
    public String max() {
        return details().text("max");
    }
}
