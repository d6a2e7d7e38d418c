package dev.foldlog.client.error;

/** The request_id was used with other content or another number of events. Nothing was stored. */
public final class RequestIdReusedException extends FoldlogException {
    RequestIdReusedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** Where the earlier append is stored; 0 when the server did not say. */
    public long position() {
        return details().number("position");
    }
}
