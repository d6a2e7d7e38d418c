package dev.foldlog.client.error;

/** An upcaster chain with a gap, a skip or a double step. */
public final class InvalidUpcasterChainException extends FoldlogException {
    InvalidUpcasterChainException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
