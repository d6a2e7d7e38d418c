package dev.foldlog.projections.grpc;

import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.PayloadForm;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the service needs of the server that it is a part of, so that all services answer, refuse and check alike.
 * Thread-safe.
 */
public interface Wire {
    /**
     * Answers a call with what the work's future completes with. The work runs on a thread that may block on the store;
     * what it or the future throws is answered by the server's table of errors. A caller that goes cancels the future.
     */
    <A> void answer(StreamObserver<A> observer, Supplier<CompletableFuture<A>> work);

    /** An error to throw; {@code metadata} are keys and values in turn. */
    RuntimeException error(ErrorReason reason, String message, Object... metadata);

    /** The error of a field that is missing or malformed; {@code expected} completes "(expected: …)". */
    RuntimeException malformed(String field, String actual, String expected);

    /** The error of expressions that do not compile. */
    RuntimeException invalidExpressions(List<ExpressionErrors.Error> errors);

    /** The filter that the message stands for; throws when it is malformed. */
    EventFilter filter(dev.foldlog.v1.EventFilter filter, String field);

    /** Throws when a text is no key, prefix or other text of 0 to so many bytes. */
    void requireText(String text, int bytesMax, String field);

    /** The size of a page: 100 when none was asked for, at most 1000. */
    int pageSize(int asked);

    /** The key after which a page starts; empty for the first. */
    String lastKey(String token, Listing listing);

    /** The token of the page after a key. */
    String token(String lastKey, Listing listing);

    /** A state as a payload in the form asked for. */
    Payload payload(String json, PayloadForm form);

    /** Events as they would be recorded in an empty store. */
    List<RecordedEvent> recorded(List<NewEvent> events);

    /** What a page token belongs to. */
    record Listing(String name, String parameters) {}
}
