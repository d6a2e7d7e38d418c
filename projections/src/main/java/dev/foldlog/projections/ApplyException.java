package dev.foldlog.projections;

/** A projection cannot apply an event. The message is short, for callers. Has no stack trace. */
final class ApplyException extends RuntimeException {
    ApplyException(String message) {
        super(message, null, false, false);
    }
}
