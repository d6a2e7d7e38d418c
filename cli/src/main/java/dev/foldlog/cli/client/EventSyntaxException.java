package dev.foldlog.cli.client;

/** A text that is no event: the message says which field is wrong and what was expected. */
final class EventSyntaxException extends Exception {
    EventSyntaxException(String message) {
        super(message, null, false, false);
    }
}
