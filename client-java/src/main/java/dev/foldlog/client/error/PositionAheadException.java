package dev.foldlog.client.error;

/** A position is past the head of the store. */
public final class PositionAheadException extends FoldlogException {
    PositionAheadException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The path of the field. */
    public String field() {
        return details().text("field");
    }

    /** The position asked for. */
    public long position() {
        return details().number("position");
    }

    /** The head of the store. */
    public long headPosition() {
        return details().number("head_position");
    }
}
